package dev.interdict.agent.sources.windows;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of one build of an MSIX package, `Name_Version_Architecture_ResourceId_PublisherId`
/// (Microsoft's "Package identity overview"). Its family is what stays the same from build to
/// build.
public record PackageFullName(String name, String version, String publisher) {
  /// No part can hold an underscore, so there is one way to take it apart.
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9.-]{3,50})_([0-9]{1,5}(?:\\.[0-9]{1,5}){3})_[A-Za-z0-9]{1,8}_[A-Za-z0-9.~-]{0,30}"
              + "_([a-hjkmnp-tv-z0-9]{13})",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FAMILY =
      Pattern.compile("[A-Za-z0-9.-]{3,50}_[a-hjkmnp-tv-z0-9]{13}", Pattern.CASE_INSENSITIVE);

  /// Empty for what is no such name.
  public static Optional<PackageFullName> parse(String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new PackageFullName(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  static boolean isFamily(String text) {
    return FAMILY.matcher(text).matches();
  }

  /// Its family.
  public String family() {
    return name + "_" + publisher;
  }
}
