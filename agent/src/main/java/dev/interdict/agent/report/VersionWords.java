package dev.interdict.agent.report;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What versions may say: numbers, and the words that release and distribution tools put beside
/// them. A version comes from a file that a person may have written.
final class VersionWords {
  private static final Set<String> WORDS =
      Set.of(
          """
          a alpha amd amzn arm b beta bookworm bpo build bullseye c canary cp darwin deb debian dev
          dfsg ds eap el esr f fc final g git insider insiders latest linux lp macos musl next
          nightly nmu noarch p post pre preview r rc rel release rev revision rhel sles snapshot sp
          stable suse trixie u ubuntu universal v win windows x
          """
              .strip()
              .split("\\s+"));

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._+~:@-]{1,100}");
  private static final Pattern RUN = Pattern.compile("[A-Za-z]+|[0-9]+");
  private static final Pattern UNKNOWN = Pattern.compile("[^A-Za-z0-9._+~:@-]+");
  private static final Pattern HIDDEN_RUN = Pattern.compile("…([._+~:@-]*…)+");
  private static final int LONGEST_NUMBER = 10;

  private VersionWords() {}

  /// Whether nobody can have written anything of their own into `version`.
  static boolean plain(String version) {
    return SHAPE.matcher(version).matches()
        && RUN.matcher(version).results().allMatch(run -> known(run.group()));
  }

  /// The version, each run of it that is not known as `…`.
  static String masked(String version) {
    if (plain(version)) {
      return version;
    }
    var letters = UNKNOWN.matcher(version).replaceAll(Mask.HIDDEN);
    var runs =
        RUN.matcher(letters).replaceAll(run -> known(run.group()) ? run.group() : Mask.HIDDEN);
    return HIDDEN_RUN.matcher(runs).replaceAll(Mask.HIDDEN);
  }

  private static boolean known(String run) {
    return Character.isDigit(run.charAt(0))
        ? run.length() <= LONGEST_NUMBER
        : WORDS.contains(run.toLowerCase(Locale.ROOT));
  }
}
