package dev.interdict.identity;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Takes a package URL's text apart (purl-spec, "How to parse a PURL string"), from right to left.
final class PackageUrlReader {
  private static final int MAX_LENGTH = 4096;

  private PackageUrlReader() {}

  static PackageUrl read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("longer than %d characters".formatted(MAX_LENGTH));
    }
    if (!text.chars().allMatch(Ascii::isVisible)) {
      throw new IllegalArgumentException("white space and non-ASCII text must be percent-encoded");
    }
    if (!text.regionMatches(true, 0, "pkg:", 0, 4)) {
      throw new IllegalArgumentException("it must begin with \"pkg:\"");
    }
    var hash = cut(text.substring(4), '#', "subpath");
    var question = cut(hash.left, '?', "qualifiers");
    var path = question.left.substring(leadingSlashes(question.left));
    var slash = path.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a \"/\" and a name must follow the type");
    }
    var rest = path.substring(slash + 1);
    var at = rest.lastIndexOf('@');
    var version = at < 0 ? "" : version(rest.substring(at + 1));
    var names = at < 0 ? rest : rest.substring(0, at);
    while (names.endsWith("/")) {
      names = names.substring(0, names.length() - 1);
    }
    var last = names.lastIndexOf('/');
    return new PackageUrl(
        path.substring(0, slash),
        last < 0 ? "" : segments(names.substring(0, last), "namespace"),
        Percent.decode(names.substring(last + 1)),
        version,
        qualifiers(question),
        segments(hash.right, "subpath"));
  }

  private record Cut(String left, String right, boolean found) {}

  private static Cut cut(String text, char separator, String part) {
    var at = text.indexOf(separator);
    if (at < 0) {
      return new Cut(text, "", false);
    }
    if (text.indexOf(separator, at + 1) >= 0) {
      throw new IllegalArgumentException(
          "a second \"%s\" in the %s must be percent-encoded".formatted(separator, part));
    }
    return new Cut(text.substring(0, at), text.substring(at + 1), true);
  }

  private static int leadingSlashes(String text) {
    var count = 0;
    while (count < text.length() && text.charAt(count) == '/') {
      count++;
    }
    return count;
  }

  private static String version(String encoded) {
    if (encoded.isEmpty()) {
      throw new IllegalArgumentException("no version follows the \"@\"");
    }
    if (encoded.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "\"/\" in a version is written %2F, and \"@\" in a namespace %40");
    }
    return Percent.decode(encoded);
  }

  private static Map<String, String> qualifiers(Cut question) {
    var qualifiers = new HashMap<String, String>();
    if (!question.found) {
      return qualifiers;
    }
    for (var pair : question.right.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("a qualifier must be key=value, is \"" + pair + "\"");
      }
      var key = Ascii.lower(pair.substring(0, equals));
      if (qualifiers.put(key, Percent.decode(pair.substring(equals + 1))) != null) {
        throw new IllegalArgumentException("the qualifier \"%s\" is there twice".formatted(key));
      }
    }
    return qualifiers;
  }

  private static String segments(String path, String part) {
    return Arrays.stream(path.split("/"))
        .map(segment -> segment(segment, part))
        .collect(Collectors.joining("/"));
  }

  private static String segment(String encoded, String part) {
    var segment = Percent.decode(encoded);
    if (segment.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "a segment of the %s cannot hold an encoded \"/\"".formatted(part));
    }
    return segment;
  }
}
