package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Windows and its package managers write, as the sources read it.
class WindowsFuzzTest {
  @TempDir Path root;
  private SourceFuzz fuzz;

  @BeforeEach
  void stand() {
    fuzz = SourceFuzz.below(root);
  }

  private static byte[] hive(String name) {
    return Planting.captured("windows/" + name + ".hive");
  }

  @Test
  void hives_of_users() throws Exception {
    fuzz.scans(
        "hive-user",
        new UninstallSource(new HiveFiles()),
        "home/ada/NTUSER.DAT",
        hive("ntuser-dat"));
  }

  @Test
  void classes_of_users() throws Exception {
    fuzz.scans(
        "hive-classes",
        new AppxSource(new HiveFiles()),
        "home/ada/AppData/Local/Microsoft/Windows/UsrClass.dat",
        hive("usrclass-dat"));
  }

  @Test
  void hive_of_the_machine() throws Exception {
    fuzz.scans(
        "hive-machine",
        new AppxSource(new HiveFiles()),
        "Windows/System32/config/SOFTWARE",
        hive("software"));
  }

  @Test
  void manifests_and_shims_of_scoop() throws Exception {
    var app = "home/ada/scoop/apps/x/1.0/";
    fuzz.station().planting.file(app + "x.exe", "MZ").file("home/ada/scoop/shims/x.exe", "MZ");
    fuzz.scans(
        "scoop-manifest", new ScoopSource(), app + "manifest.json", "{\"version\": \"1.0\"}");
    fuzz.station().planting.file(app + "manifest.json", "{\"version\": \"1.0\"}");
    fuzz.scans(
        "scoop-shim",
        new ScoopSource(),
        "home/ada/scoop/shims/x.shim",
        "path = \"C:\\Users\\ada\\scoop\\apps\\x\\current\\x.exe\"\nargs = -a");
  }

  @Test
  void descriptions_of_chocolatey() throws Exception {
    fuzz.scans(
        "nuspec",
        new ChocolateySource(),
        "ProgramData/chocolatey/lib/x/x.nuspec",
        "<?xml version=\"1.0\"?><package xmlns=\"u\"><metadata><id>a.b</id><version>1.0</version>"
            + "<dependencies><dependency id=\"c\"/></dependencies></metadata></package>");
  }
}
