package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.server.query.Asked;

/// A parameter of an operation.
///
/// @param in `path` or `query`
/// @param repeated whether it may be given several times, for any of them
record Parameter(
    String in, String name, Schema schema, boolean required, boolean repeated, String description) {

  static Parameter path(String name, Schema schema, String description) {
    return new Parameter("path", name, schema, true, false, description);
  }

  static Parameter query(String name, Schema schema, String description) {
    return new Parameter("query", name, schema, false, false, description);
  }

  /// One that has to be given.
  static Parameter needed(String name, Schema schema, String description) {
    return new Parameter("query", name, schema, true, false, description);
  }

  /// One that may be repeated.
  static Parameter any(String name, Schema schema, String description) {
    return new Parameter("query", name, schema, false, true, description);
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
    var own = repeated ? new Schema.Items(schema, Asked.MOST).json() : schema.json();
    return Json.object()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .put("description", description)
        .put("schema", own)
        .build();
  }
}
