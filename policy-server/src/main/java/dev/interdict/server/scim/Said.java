package dev.interdict.server.scim;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a message says of a user: the attributes that count here, and null for each that it leaves
/// out, which stays as it is. So nobody is switched on by what was not said. Immutable.
///
/// @param externalId empty to take it away
record Said(@Nullable String userName, @Nullable String externalId, @Nullable Boolean active) {
  static final Said NOTHING = new Said(null, null, null);

  private static final int LONGEST = 255;
  private static final int MOST_OPERATIONS = 100;
  private static final String PREFIX = Scim.USER.toLowerCase(Locale.ROOT) + ":";

  /// A whole user, of a POST or PUT.
  static Said user(Json.Obj user) {
    var said = NOTHING;
    for (var name : List.of("userName", "externalId", "active")) {
      var value = Scim.attribute(user, name);
      said = value == null ? said : said.with(name.toLowerCase(Locale.ROOT), value);
    }
    return said;
  }

  /// The operations of a PATCH (RFC 7644, 3.5.2) one after another, as Entra and Okta write them:
  /// `op` in any case, `active` as a text, attributes in `value` or named by `path`.
  static Said patch(Json.Obj message) {
    if (!(Scim.attribute(message, "Operations") instanceof Json.Arr(var operations))
        || operations.isEmpty()) {
      throw ScimError.bad("invalidSyntax", "Operations lists what to change");
    }
    if (operations.size() > MOST_OPERATIONS) {
      throw ScimError.refused(413, "at most " + MOST_OPERATIONS + " operations in one message");
    }
    var said = NOTHING;
    for (var each : operations) {
      if (!(each instanceof Json.Obj operation)) {
        throw ScimError.bad("invalidSyntax", "each of Operations is an object");
      }
      said = said.after(operation);
    }
    return said;
  }

  private Said after(Json.Obj operation) {
    var op = Scim.attribute(operation, "op") instanceof Json.Text(var word) ? word : "";
    var path = path(Scim.attribute(operation, "path"));
    var value = Scim.attribute(operation, "value");
    return switch (op.toLowerCase(Locale.ROOT)) {
      case "add", "replace" -> {
        if (path != null) {
          yield with(path, value == null ? Json.Null.NULL : value);
        }
        if (!(value instanceof Json.Obj attributes)) {
          throw ScimError.bad(
              "invalidValue", "without a path the value is an object of attributes");
        }
        yield over(user(attributes));
      }
      case "remove" -> {
        if (path == null) {
          throw ScimError.bad("noTarget", "a removal names what by path");
        }
        yield without(path);
      }
      default -> throw ScimError.bad("invalidSyntax", "op is add, replace or remove");
    };
  }

  /// An attribute's name in lower case, without the schema of users before it; null for no path.
  private static @Nullable String path(@Nullable Json path) {
    return switch (path) {
      case null -> null;
      case Json.Text(var text) -> {
        var lower = text.toLowerCase(Locale.ROOT);
        yield lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
      }
      case Json.Obj _, Json.Arr _, Json.Int _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          throw ScimError.bad("invalidPath", "a path is a text");
    };
  }

  private Said over(Said later) {
    return new Said(
        later.userName == null ? userName : later.userName,
        later.externalId == null ? externalId : later.externalId,
        later.active == null ? active : later.active);
  }

  /// @param name in lower case; what is not kept here is passed over
  private Said with(String name, Json value) {
    return switch (name) {
      case "username" -> new Said(text("userName", value), externalId, active);
      case "externalid" ->
          new Said(
              userName,
              value == Json.Null.NULL || value.equals(new Json.Text(""))
                  ? ""
                  : text("externalId", value),
              active);
      case "active" -> new Said(userName, externalId, flag(value));
      default -> this;
    };
  }

  private Said without(String name) {
    return switch (name) {
      case "username", "active" ->
          throw ScimError.bad("invalidValue", "a user always has a userName, and is active or not");
      case "externalid" -> new Said(userName, "", active);
      default -> this;
    };
  }

  private static String text(String name, Json value) {
    if (value instanceof Json.Text(var text)
        && !text.isBlank()
        && text.length() <= LONGEST
        && isPrintable(text)) {
      return text;
    }
    throw ScimError.bad(
        "invalidValue", name + " is a text of 1 to " + LONGEST + " printable characters");
  }

  /// What is not is no name, and no database of ours takes all of it.
  static boolean isPrintable(String text) {
    return text.codePoints().allMatch(Printable::isSafe);
  }

  private static boolean flag(Json value) {
    if (value instanceof Json.Bool flag) {
      return flag == Json.Bool.TRUE;
    }
    if (value instanceof Json.Text(var text)
        && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return text.equalsIgnoreCase("true");
    }
    throw ScimError.bad("invalidValue", "active is true or false");
  }
}
