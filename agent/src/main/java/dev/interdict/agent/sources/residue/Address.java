package dev.interdict.agent.sources.residue;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The address of a place that packages come from, in the form that rules are written in: host in
/// lower case and path, without scheme, user, password, query and slash at the end. A piece of the
/// path that looks like a key is written `-`, since some services put the subscriber's key there.
final class Address {
  private static final int LONGEST = 512;
  private static final int SHORTEST_KEY = 16;
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private Address() {}

  /// The address in `text`, or null where it names no host: a folder, a disc.
  ///
  /// @throws IllegalArgumentException if a password cannot be told from the rest with certainty;
  ///   the message holds nothing of it
  static @Nullable String of(String text) {
    var scheme = text.indexOf("://");
    if (scheme < 0) {
      return secureShell(text);
    }
    var name = text.substring(0, scheme).toLowerCase(Locale.ROOT);
    if (name.endsWith("file") || name.equals("cdrom") || name.equals("copy")) {
      return null;
    }
    return clean(text.substring(scheme + 3));
  }

  /// `user@host:path`, as git takes it.
  private static @Nullable String secureShell(String text) {
    var at = text.indexOf('@');
    var colon = text.indexOf(':', at + 1);
    return at > 0 && colon > 0 && text.indexOf('/') > colon
        ? clean(text.substring(0, colon) + "/" + text.substring(colon + 1))
        : null;
  }

  private static String clean(String rest) {
    var end = firstOf(rest, "?#;");
    var slash = firstOf(rest.substring(0, end), "/\\");
    var authority = rest.substring(0, slash);
    var path = rest.substring(slash, end);
    // An unescaped sign in a password moves the place where it seems to end.
    if (rest.indexOf('@', slash) >= 0) {
      throw new IllegalArgumentException("holds an address that may hold a password");
    }
    var host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    if (!host.matches("[a-z0-9$_{}.-]+(:[0-9]{1,5})?|\\[[0-9a-f:.]+\\](:[0-9]{1,5})?")) {
      throw new IllegalArgumentException("holds an address without a valid host");
    }
    var pieces =
        Arrays.stream(path.split("/"))
            .filter(piece -> !piece.isEmpty())
            .map(piece -> "/" + (isKey(piece) ? "-" : piece))
            .collect(Collectors.joining());
    var address = host + pieces;
    if (address.length() > LONGEST || !address.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("holds an address that is too long or not plain");
    }
    return address;
  }

  private static int firstOf(String text, String signs) {
    var at = 0;
    while (at < text.length() && signs.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /// A UUID, or with a run of letters and digits mixed that is long and no time of a snapshot
  /// (`20250520T000000Z`). Signs such as those in `glpat-…` do not end the key.
  private static boolean isKey(String piece) {
    return UUID.matcher(piece).matches()
        || Arrays.stream(piece.split("[^A-Za-z0-9]+")).anyMatch(Address::isLongMixture);
  }

  private static boolean isLongMixture(String run) {
    return run.length() >= SHORTEST_KEY
        && run.chars().anyMatch(c -> c >= '0' && c <= '9')
        && run.chars().anyMatch(Character::isLetter)
        && !run.matches("[0-9]{8}T[0-9]{6}Z");
  }
}
