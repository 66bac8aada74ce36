package dev.interdict.server.api;

/// How answers say in which other words a sentence of the server may be put.
final class Sentences {
  /// One with a name.
  static final Schema SCHEMA =
      new Schema.Document(
          "The sentence beside it for a client that says it in another language: `key` names it and"
              + " stays, `text` is its English, `values` what stands in it, each a text or such an"
              + " object again.");

  private Sentences() {}
}
