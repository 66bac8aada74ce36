package dev.interdict.server.cli.importing;

import dev.interdict.json.Json;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a row of osquery's tables is called in a rule (osquery's schema, by table and column).
///
/// @param on the systems that have the table
/// @param matcher of one value; null where it can be none
record Tables(Platforms on, Function<String, Json.@Nullable Obj> matcher) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._{}@-]{2,200}");
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9._+-]{1,200}");
  private static final Pattern SCOPED =
      Pattern.compile("@([a-z0-9._-]{1,100})/([a-z0-9._-]{1,100})");
  private static final Platforms ALL = Platforms.ALL;
  private static final Platforms LINUX = Platforms.of("linux");
  private static final Platforms MACOS = Platforms.of("darwin");
  private static final Platforms WINDOWS = Platforms.of("windows");

  private static final Map<String, Tables> KNOWN =
      Map.ofEntries(
          Map.entry("apps.bundle_identifier", named(MACOS, "application", "macos")),
          Map.entry(
              "programs.identifying_number", named(WINDOWS, "application", "windows-uninstall")),
          Map.entry("chrome_extensions.identifier", named(ALL, "extension", "chrome")),
          Map.entry("firefox_addons.identifier", named(ALL, "extension", "firefox")),
          Map.entry("vscode_extensions.name", named(ALL, "extension", "vscode")),
          Map.entry("npm_packages.name", new Tables(ALL, Tables::npm)),
          Map.entry("python_packages.name", packages(ALL, "pypi")),
          Map.entry("homebrew_packages.name", packages(MACOS, "brew")),
          Map.entry("chocolatey_packages.name", packages(WINDOWS, "chocolatey")),
          Map.entry("deb_packages.name", packages(LINUX, "deb")),
          Map.entry("rpm_packages.name", packages(LINUX, "rpm")));

  static @Nullable Tables of(String table, String column) {
    var name = column.startsWith(table + ".") ? column.substring(table.length() + 1) : column;
    return KNOWN.get(table + "." + name);
  }

  private static Tables named(Platforms on, String kind, String key) {
    return new Tables(
        on,
        value ->
            ID.matcher(value).matches()
                ? Json.object().put(kind, Json.object().put(key, value).build()).build()
                : null);
  }

  private static Tables packages(Platforms on, String type) {
    return new Tables(
        on,
        value ->
            PACKAGE.matcher(value).matches() ? purl("pkg:" + type + "/" + encoded(value)) : null);
  }

  private static Json.@Nullable Obj npm(String value) {
    var scoped = SCOPED.matcher(value);
    if (scoped.matches()) {
      return purl("pkg:npm/%40" + scoped.group(1) + "/" + scoped.group(2));
    }
    return PACKAGE.matcher(value).matches() ? purl("pkg:npm/" + encoded(value)) : null;
  }

  private static String encoded(String name) {
    return name.replace("+", "%2B");
  }

  private static Json.Obj purl(String purl) {
    return Json.object().put("package", purl).build();
  }
}
