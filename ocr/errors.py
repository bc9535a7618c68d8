"""Broken machinery of the reader; bad paper is a value and never comes here."""


class OcrFault(Exception):
    """The reader cannot work as it is set up."""

    code = "ocr_fault"
    retry = False
    message = "The reader failed."

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.message} {detail}".strip())


class TesseractMissing(OcrFault):
    """The Tesseract program or its library cannot be found."""

    code = "tesseract_missing"
    message = "Install Tesseract: apt-get install tesseract-ocr tesseract-ocr-kat."


class LanguageMissing(OcrFault):
    """Tesseract has no data for a language that is asked for."""

    code = "tesseract_language_missing"
    message = (
        "Install the language data: apt-get install tesseract-ocr-kat tesseract-ocr-script-geor."
    )


class TesseractStopped(OcrFault):
    """Tesseract gave up or ran out of time; the same page may go through another time."""

    code = "tesseract_stopped"
    retry = True
    message = "Tesseract gave no answer."
