"""Says in plain words what is wrong with a line that is not TOML."""

_ADVICE = {
    "Illegal character '\\n'": "The quotation mark at the end is missing.",
    "Unclosed array": "A comma or the closing ] is missing in this list.",
    "Unclosed inline table": "A comma or the closing } is missing in this table.",
    "Invalid value": 'After = write "…" in straight quotes, a number, true or false.',
    "Expected newline or end of document": 'A " inside the wording ends it: use „…“ inside.',
    "Cannot overwrite a value": "This key stands twice; is a [heading] missing above?",
    "Cannot declare": "This [heading] stands twice; [[…]] begins one more of a list.",
    "Invalid statement": "A line is a [heading], key = value, or a # comment.",
    "Expected '=' after a key": "A line is a [heading], key = value, or a # comment.",
    "Unterminated string": "The quotation mark at the end is missing.",
    "Unescaped '\\' in a string": "Write \\\\ for one \\.",
}
"""How the message of the parser begins -> what to do."""


def explain_syntax(message: str) -> str:
    """The parser's message with advice behind it, where there is some."""
    for start, advice in _ADVICE.items():
        if message.startswith(start):
            return f"{message}. {advice}"
    return message
