"""The book of words: what a reader sees is said here, out of messages and amounts.

Models, instruments and scenarios return a `Message` (a key with its values) and `Amount`s (a number
with the kind of quantity that it is). `say` makes a sentence of them, in the language in force.
The words themselves stand in `words/<language>/*.ftl` (Project Fluent).
"""

from labpy.words.amounts import Amount
from labpy.words.book import Book, current, language, languages, load_book, say, use, words_root
from labpy.words.message import Listed, Message, Value, msg

__all__ = [
    "Amount",
    "Book",
    "Listed",
    "Message",
    "Value",
    "current",
    "language",
    "languages",
    "load_book",
    "msg",
    "say",
    "use",
    "words_root",
]
