"""The languages people speak, by the code under which they are kept."""

from collections.abc import Iterable

from django.utils.translation import pgettext_lazy

LANGUAGES = {
    "am": pgettext_lazy("language", "Amharic"),
    "ar": pgettext_lazy("language", "Arabic"),
    "bn": pgettext_lazy("language", "Bengali"),
    "de": pgettext_lazy("language", "German"),
    "en": pgettext_lazy("language", "English"),
    "es": pgettext_lazy("language", "Spanish"),
    "fa": pgettext_lazy("language", "Persian"),
    "fr": pgettext_lazy("language", "French"),
    "gn": pgettext_lazy("language", "Guarani"),
    "hi": pgettext_lazy("language", "Hindi"),
    "hmn": pgettext_lazy("language", "Hmong"),
    "ht": pgettext_lazy("language", "Haitian Creole"),
    "ig": pgettext_lazy("language", "Igbo"),
    "it": pgettext_lazy("language", "Italian"),
    "ja": pgettext_lazy("language", "Japanese"),
    "ko": pgettext_lazy("language", "Korean"),
    "mam": pgettext_lazy("language", "Mam"),
    "mix": pgettext_lazy("language", "Mixtec"),
    "my": pgettext_lazy("language", "Burmese"),
    "nah": pgettext_lazy("language", "Nahuatl"),
    "ne": pgettext_lazy("language", "Nepali"),
    "pa": pgettext_lazy("language", "Punjabi"),
    "pl": pgettext_lazy("language", "Polish"),
    "pt": pgettext_lazy("language", "Portuguese"),
    "qu": pgettext_lazy("language", "Quechua"),
    "quc": pgettext_lazy("language", "K’iche’"),
    "ru": pgettext_lazy("language", "Russian"),
    "so": pgettext_lazy("language", "Somali"),
    "sw": pgettext_lazy("language", "Swahili"),
    "ti": pgettext_lazy("language", "Tigrinya"),
    "tl": pgettext_lazy("language", "Tagalog"),
    "tr": pgettext_lazy("language", "Turkish"),
    "uk": pgettext_lazy("language", "Ukrainian"),
    "ur": pgettext_lazy("language", "Urdu"),
    "vi": pgettext_lazy("language", "Vietnamese"),
    "yo": pgettext_lazy("language", "Yoruba"),
    "zap": pgettext_lazy("language", "Zapotec"),
    "zh": pgettext_lazy("language", "Chinese"),
}


def spoken(codes: Iterable[str]) -> str:
    """The names of some languages, one after the other; a code we have no name for stays as it is."""
    return ", ".join(str(LANGUAGES.get(code, code)) for code in codes)
