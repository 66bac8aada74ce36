package dev.interdict.agent.sources.containers;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings the names of images, features and actions into the one form that rules are written in:
/// host and path in lower case, without tag and digest. An image without a host is Docker Hub's, as
/// every client takes it: `node` is `docker.io/library/node`.
final class Reference {
  private static final int LONGEST = 255;
  private static final String HUB = "docker.io";

  private Reference() {}

  /// The image that `text` names, or null where it names none that can be told.
  static @Nullable String image(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var bare = text.strip();
    bare = bare.startsWith("docker://") ? bare.substring("docker://".length()) : bare;
    var at = bare.indexOf('@');
    if (at >= 0 && !bare.startsWith("sha", at + 1)) {
      return null;
    }
    var name = withoutTag(at < 0 ? bare : bare.substring(0, at)).toLowerCase(Locale.ROOT);
    var slash = name.indexOf('/');
    if (slash < 0) {
      name = HUB + "/library/" + name;
    } else if (!isHost(name.substring(0, slash))) {
      name = HUB + "/" + name;
    } else if (name.startsWith("index.docker.io/") || name.startsWith("registry-1.docker.io/")) {
      name = HUB + name.substring(slash);
    }
    if (name.startsWith(HUB + "/") && name.indexOf('/', HUB.length() + 1) < 0) {
      name = HUB + "/library" + name.substring(HUB.length());
    }
    return valid(name) ? name : null;
  }

  /// The feature of a development container, or null for a local folder, an archive's address, and
  /// the short names of before there were registries.
  static @Nullable String feature(String text) {
    var slash = text.indexOf('/');
    return slash > 0 && !text.contains("://") && isHost(text.substring(0, slash))
        ? image(text)
        : null;
  }

  /// The repository of an action or a reusable workflow, `github.com/owner/name`; of
  /// `docker://image` the image; null for one of the same repository (`./…`).
  static @Nullable String action(@Nullable String text) {
    if (text == null || text.startsWith("./")) {
      return null;
    }
    if (text.startsWith("docker://")) {
      return image(text);
    }
    var at = text.indexOf('@');
    var path = (at < 0 ? text : text.substring(0, at)).strip().split("/", 3);
    if (path.length < 2) {
      return null;
    }
    var name = ("github.com/" + path[0] + "/" + path[1]).toLowerCase(Locale.ROOT);
    return valid(name) ? name : null;
  }

  /// `text` with its variables filled in, or null where one has no value: `$NAME`, `${NAME}`,
  /// `${NAME:-default}`.
  static @Nullable String filledIn(String text, Map<String, String> values) {
    var out = new StringBuilder();
    var at = 0;
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c != '$') {
        out.append(c);
        at++;
        continue;
      }
      var braced = text.startsWith("${", at);
      var end = braced ? text.indexOf('}', at) : endOfName(text, at + 1);
      if (end < 0 || end == at + 1) {
        return null;
      }
      var value = value(text.substring(at + (braced ? 2 : 1), end), values);
      if (value == null || out.length() + value.length() > 4 * LONGEST) {
        return null;
      }
      out.append(value);
      at = braced ? end + 1 : end;
    }
    return out.toString();
  }

  /// Nothing is known of the variables that a file takes from elsewhere.
  static @Nullable String filledIn(String text) {
    return filledIn(text, Map.of());
  }

  private static @Nullable String value(String inner, Map<String, String> values) {
    var end = endOfName(inner, 0);
    var value = values.get(inner.substring(0, end));
    if (value != null && !value.isEmpty()) {
      return value;
    }
    var rest = inner.substring(end);
    return rest.startsWith(":-")
        ? rest.substring(2)
        : rest.startsWith("-") ? rest.substring(1) : null;
  }

  private static int endOfName(String text, int from) {
    var end = from;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private static String withoutTag(String name) {
    var colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static boolean isHost(String component) {
    return component.indexOf('.') >= 0
        || component.indexOf(':') >= 0
        || component.equals("localhost");
  }

  /// The grammar of distribution's references, a little wider.
  private static boolean valid(String name) {
    if (name.length() > LONGEST) {
      return false;
    }
    for (var component : name.split("/", -1)) {
      if (component.isEmpty()
          || !Character.isLetterOrDigit(component.charAt(0))
          || !component.chars().allMatch(Reference::plain)) {
        return false;
      }
    }
    return true;
  }

  private static boolean plain(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "._-:".indexOf(c) >= 0;
  }
}
