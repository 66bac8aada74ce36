package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What browsers and their extensions write into a home, and an admin into policies.
class BrowsersFuzzTest {
  private static final String ID = "fcoeoabgfenejglbffodgkkbkcdhcgfn";
  private static final String CHROME = "home/ada/.config/google-chrome/Default/";
  private static final String FIREFOX = "home/ada/.mozilla/firefox/";
  private static final String MANIFEST = "{\"manifest_version\": 3, \"version\": \"1.0.2\"}";

  @TempDir Path root;

  @Test
  void extensions_of_chrome() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var manifest = CHROME + "Extensions/" + ID + "/1.0.2_0/manifest.json";
    fuzz.station().planting.file(manifest, MANIFEST).file("home/ada/dev/manifest.json", MANIFEST);
    fuzz.scans(
        "chrome-preferences",
        new ChromeSource(),
        CHROME + "Preferences",
        """
        {"extensions": {"settings": {
          "%s": {"location": 7, "path": "%s/1.0.2_0", "disable_reasons": [1]},
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": {"location": 4, "path": "/home/ada/dev"}}}}
        """
            .formatted(ID, ID));
    fuzz.scans("chrome-manifest", new ChromeSource(), manifest, MANIFEST);
  }

  @Test
  void add_ons_of_firefox() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station().planting.file(FIREFOX + "p/extensions/a@b.c.xpi", "x");
    fuzz.scans(
        "firefox-addons",
        new FirefoxSource(),
        FIREFOX + "p/extensions.json",
        """
        {"schemaVersion": 37, "addons": [{"id": "a@b.c", "version": "1.2", "type": "extension",
          "active": true, "path": "/home/ada/.mozilla/firefox/p/extensions/a@b.c.xpi"}]}
        """);
    fuzz.scans(
        "firefox-profiles",
        new FirefoxSource(),
        FIREFOX + "profiles.ini",
        "[Profile0]\nName=p\nIsRelative=1\nPath=p\n");
  }

  @Test
  void what_forces_extensions_and_what_they_talk_to() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.scans(
        "chrome-policy",
        new ForcedSource(),
        "etc/opt/chrome/policies/managed/x.json",
        """
        {"ExtensionInstallForcelist": ["%s;https://x.invalid"],
         "ExtensionSettings": {"%s": {"installation_mode": "force_installed"}}}
        """
            .formatted(ID, ID));
    fuzz.scans(
        "native-messaging",
        new NativeMessagingSource(),
        "home/ada/.config/google-chrome/NativeMessagingHosts/x.json",
        "{\"name\": \"com.example.x\", \"path\": \"/home/ada/x\", \"type\": \"stdio\"}");
  }
}
