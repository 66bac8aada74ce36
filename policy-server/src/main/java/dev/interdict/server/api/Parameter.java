package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.server.query.Asked;

/// A parameter of an operation.
///
/// @param in `path` or `query`
/// @param most how often it may be given, for any of them; 1 where that means nothing
record Parameter(
    String in, String name, Schema schema, boolean required, int most, String description) {

  static Parameter path(String name, Schema schema, String description) {
    return new Parameter("path", name, schema, true, 1, description);
  }

  static Parameter query(String name, Schema schema, String description) {
    return new Parameter("query", name, schema, false, 1, description);
  }

  /// One that has to be given.
  static Parameter needed(String name, Schema schema, String description) {
    return new Parameter("query", name, schema, true, 1, description);
  }

  /// One that may be repeated.
  static Parameter any(String name, Schema schema, String description) {
    return any(name, schema, Asked.MOST, description);
  }

  /// One that may be given as often as `most`.
  static Parameter any(String name, Schema schema, int most, String description) {
    return new Parameter("query", name, schema, false, most, description);
  }

  /// What a client wrote, as the schema has it: text where it is nothing else.
  Json read(String text) {
    return switch (schema) {
      case Schema.Whole _ when text.matches("-?[0-9]{1,18}") -> new Json.Int(Long.parseLong(text));
      case Schema.Flag _ when text.equals("true") -> Json.Bool.TRUE;
      case Schema.Flag _ when text.equals("false") -> Json.Bool.FALSE;
      case Schema _ -> new Json.Text(text);
    };
  }

  Json json() {
    var own = most > 1 ? new Schema.Items(schema, most).json() : schema.json();
    return Json.object()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .put("description", description)
        .put("schema", own)
        .build();
  }
}
