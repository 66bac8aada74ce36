package dev.interdict.server.scim;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// The one kind of filter that directories look a user up by: `userName eq "x"` (RFC 7644,
/// 3.4.2.2). Immutable.
///
/// @param value what the attribute has to be
record Filter(Attribute attribute, String value) {
  private static final int LONGEST = 1_000;
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(?:" + Pattern.quote(Scim.USER) + ":)?([A-Za-z]+)\\s+eq\\s+(\".*\")\\s*",
          Pattern.CASE_INSENSITIVE);

  /// By what users are found.
  enum Attribute {
    USER_NAME,
    EXTERNAL_ID,
    ID
  }

  static Filter read(String text) {
    var form = FORM.matcher(text);
    if (text.length() > LONGEST || !form.matches()) {
      throw unknown();
    }
    var attribute =
        switch (form.group(1).toLowerCase(Locale.ROOT)) {
          case "username" -> Attribute.USER_NAME;
          case "externalid" -> Attribute.EXTERNAL_ID;
          case "id" -> Attribute.ID;
          default -> throw unknown();
        };
    try {
      var limits = new JsonLimits(4 * LONGEST, 1, LONGEST, 1, false);
      var bytes = form.group(2).getBytes(StandardCharsets.UTF_8);
      if (JsonReader.read(bytes, limits) instanceof Json.Text(var value)
          && Said.isPrintable(value)) {
        return new Filter(attribute, value);
      }
      throw unknown();
    } catch (JsonException e) {
      throw unknown();
    }
  }

  private static RuntimeException unknown() {
    return ScimError.bad(
        "invalidFilter",
        "a filter here is userName eq \"...\", externalId eq \"...\" or id eq \"...\"");
  }
}
