package dev.interdict.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSchemeTest {
  /// Each line is strictly ascending; texts joined by " = " are equal versions.
  private static void assertAscending(VersionScheme scheme, String... steps) {
    for (var i = 0; i < steps.length; i++) {
      for (var j = 0; j < steps.length; j++) {
        for (var left : steps[i].split(" = ")) {
          for (var right : steps[j].split(" = ")) {
            assertTrue(scheme.understands(left), left);
            assertEquals(
                Integer.signum(Integer.compare(i, j)),
                Integer.signum(scheme.compare(left, right)),
                left + " and " + right);
          }
        }
      }
    }
  }

  @Test
  void semver() {
    assertAscending(
        VersionScheme.SEMVER,
        "0.0.0-0",
        "0.0.0 = v0.0.0 = 0.0.0+build.01",
        "0.169.0-linux-x64",
        "0.169.0",
        "1.0.0-1",
        "1.0.0-2",
        "1.0.0-11",
        "1.0.0--",
        "1.0.0-Beta",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2 = 1.0.0-beta.2+x-y",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.2.9",
        "1.2.10",
        "2.1.91",
        "2.1.198",
        "99999999999999999999999.0.0",
        "100000000000000000000000.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "v", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0+", "1.0.0-a..b",
        "1.0.0-é", "latest", "1.x.0", " 1.0.0", "-1.0.0", "1.0.0\n", "vv1.0.0", "1.0.0+a+b", "+",
            "-"
      })
  void not_semver(String text) {
    assertFalse(VersionScheme.SEMVER.understands(text));
  }

  @Test
  void deb() {
    assertAscending(
        VersionScheme.DEB,
        "0~~",
        "0~~a",
        "0~",
        "0 = 0:0 = 0-0 = 00",
        "0a",
        "0+",
        "1.0~rc1-1",
        "1.0~rc1+b",
        "1.0 = 1.0-0 = 1.0-00 = 0:1.00",
        "1.0-1~deb12u1",
        "1.0-1",
        "1.0-1+b1",
        "1.0a",
        "1.0+dfsg",
        "1.0-1-1",
        "1.0.1",
        "1.2.3-9",
        "1.2.3-10",
        "9:1",
        "10:0.1",
        "2147483647:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":1",
        "a:1",
        "1:",
        "-1",
        "1-",
        "a1",
        "1_0",
        "1 0",
        "1.0-1_2",
        "2147483648:1",
        "+1:1",
        "1\u00e9",
        "~1"
      })
  void not_deb(String text) {
    assertFalse(VersionScheme.DEB.understands(text));
  }

  @Test
  void rpm() {
    assertAscending(
        VersionScheme.RPM,
        "1.0~rc1-1",
        "1.0~rc1^git-1",
        "1.0~rc2-1",
        "1.0 = 0:1.0 = 1_0 = 1.0. = 01.00",
        "1.0-1.el8",
        "1.0-1.el9",
        "1.0-2",
        "1.0-10",
        "1.0^git1~pre2-0 = 1.0^git1~pre2-00",
        "1.0^git1-1",
        "1.0^git2-1",
        "1.0a-1",
        "1.0b-1",
        "1.0.1-1",
        "2a-1",
        "2.a1",
        "2.0-1",
        "1:0.1-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1-", "-1", "a:1", ":1", "1-2-3", "~", "1 0", "1:2:3", "1-~"})
  void not_rpm(String text) {
    assertFalse(VersionScheme.RPM.understands(text));
  }

  @Test
  void apk() {
    assertAscending(
        VersionScheme.APK,
        "1.0_alpha",
        "1.0_alpha1-r3",
        "1.0_alpha2",
        "1.0_beta",
        "1.0_pre1",
        "1.0_rc1",
        "1.0",
        "1.0-r0",
        "1.0-r1",
        "1.0-r10",
        "1.0_git20240101",
        "1.0_p1",
        "1.0_p1-r1",
        "1.0_p2",
        "1.0a",
        "1.0b",
        "1.0.0",
        "1.0.01",
        "1.0.05",
        "1.0.1",
        "1.0.10",
        "1.1 = 01.1",
        "2.1.328-r0",
        "10.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.",
        ".1",
        "v1",
        "1.0-1",
        "1.0_odd",
        "1.0ab",
        "1.0~1f3c",
        "1:1.0",
        "1.0-r",
        "1 0"
      })
  void not_apk(String text) {
    assertFalse(VersionScheme.APK.understands(text));
  }

  @Test
  void alpm() {
    assertAscending(
        VersionScheme.ALPM,
        "1.0a-1",
        "1.0b-1",
        "1.0beta-1",
        "1.0p-1",
        "1.0pre-1",
        "1.0rc-1",
        "1.0 = 0:1.0 = 1_0 = 01.00",
        "1.0-1",
        "1.0-1.1",
        "1.0-2",
        "1.0-10",
        "1.0.a-1",
        "1.0.1-1",
        "1.0.1.r12.gabc-1",
        "1.0.2-1",
        "2.1.328-1",
        "1:0.1-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "1-", "-1", ":1", "a:1", "1.", ".1", "1-2-3", "1 0", "1^0", "1.0-_1"})
  void not_alpm(String text) {
    assertFalse(VersionScheme.ALPM.understands(text));
  }

  @Test
  void pypi() {
    assertAscending(
        VersionScheme.PYPI,
        "0.9",
        "1.dev0 = 1.0.dev = 1-DEV0 = 1_dev_0",
        "1.0.dev456",
        "1.0a1.dev1",
        "1.0a1 = 1.0-alpha.1 = v1.0A1 = 1.0alpha01",
        "1.0a2.dev456",
        "1.0a12.dev456",
        "1.0a12",
        "1.0b1.dev456",
        "1.0b2 = 1.0.beta_2",
        "1.0b2.post345.dev456",
        "1.0b2.post345 = 1.0b2-345 = 1.0b2.r345",
        "1.0rc1.dev456",
        "1.0rc1 = 1.0c1 = 1.0pre1 = 1.0-preview-1",
        "1.0 = 1 = 1.0.0 = 0!1 = 01.00",
        "1.0+abc.5",
        "1.0+abc.7 = 1.0+ABC-7 = 1.0+abc_07",
        "1.0+5",
        "1.0+5.a",
        "1.0+5.1",
        "1.0.post456.dev34",
        "1.0.post456 = 1.0-456 = 1.0rev456",
        "1.0.post456+local",
        "1.1.dev1",
        "1.1",
        "1.10",
        "2024.1",
        "1!0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "!",
        "!1",
        "1!",
        "1.",
        ".1",
        "1..0",
        "1.0+",
        "1.0+a..b",
        "1.0+_",
        "1.0x",
        "1.0a1b1",
        "1.0.dev1.post1",
        "1.0 ",
        "1.0é",
        "1.0-",
        "1.0-1-2",
        "latest",
        "1.0+a+b",
        "1.*"
      })
  void not_pypi(String text) {
    assertFalse(VersionScheme.PYPI.understands(text));
  }

  @Test
  void generic() {
    assertAscending(
        VersionScheme.GENERIC,
        "1.0-nightly",
        "1.0alpha1 = 1.0.a1 = v1.0-Alpha-1",
        "1.0alpha2",
        "1.0b1 = 1.0-beta-1",
        "1.0-preview",
        "1.0rc1",
        "1 = 1.0 = 1.0.0 = v1.0 = 01.0_0",
        "1.0.0.1",
        "1.0a",
        "1.0b",
        "1.0-r1",
        "1.0.1",
        "1.9.0 (build 5)",
        "1.10",
        "126.0.6478.61",
        "2024.05.01,99",
        "20240601");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "latest",
        "1:2.0",
        "1!2.0",
        "244fd47e07d1014f0aed9c",
        "1\n",
        "1.0\u202e",
        "~1",
        "-"
      })
  void not_generic(String text) {
    assertFalse(VersionScheme.GENERIC.understands(text));
  }

  @ParameterizedTest
  @EnumSource
  void is_a_total_order_over_whatever_is_written(VersionScheme scheme) {
    var random = new Random(51);
    var texts = new ArrayList<>(List.of("", "\ud800", "\0", "9".repeat(256), "9".repeat(100_000)));
    for (var i = 0; i < 50; i++) {
      texts.add(randomText(random, "0019.-+~^:!_abrcdevpost \u00e9\udc00%"));
      texts.add(randomText(random, "01.-~a"));
      texts.add("1." + randomText(random, "01.-~^ab"));
      texts.add("1.0.0-" + randomText(random, "01.a-"));
      texts.add("1.0" + randomText(random, "01.apostdevrc+-"));
    }
    for (var a : texts) {
      assertEquals(0, scheme.compare(a, a), a);
      for (var b : texts) {
        var ab = Integer.signum(scheme.compare(a, b));
        assertEquals(-ab, Integer.signum(scheme.compare(b, a)), () -> a + " and " + b);
      }
    }
    texts.sort(scheme);
    for (var i = 0; i < texts.size(); i++) {
      for (var j = i; j < texts.size(); j++) {
        // Sorted by neighbours, every pair must agree: that is transitivity.
        var a = texts.get(i);
        var b = texts.get(j);
        assertTrue(scheme.compare(a, b) <= 0, () -> a + " and " + b);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void equal_versions_agree_about_every_third(VersionScheme scheme) {
    var random = new Random(5);
    var texts = new ArrayList<String>();
    for (var i = 0; i < 60; i++) {
      texts.add("1" + randomText(random, "00.-~+a"));
    }
    for (var a : texts) {
      for (var b : texts) {
        if (scheme.compare(a, b) == 0) {
          for (var c : texts) {
            assertEquals(
                Integer.signum(scheme.compare(a, c)),
                Integer.signum(scheme.compare(b, c)),
                () -> a + ", " + b + " and " + c);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_not_understood_comes_first(VersionScheme scheme) {
    assertTrue(scheme.compare("not a version", "0.0.0") < 0);
    assertTrue(scheme.compare("not a version", "nor this") > 0);
    assertFalse(scheme.understands("1." + "0".repeat(255)));
  }

  @Test
  void chosen_by_package_type() {
    assertEquals(VersionScheme.SEMVER, VersionScheme.of("npm"));
    assertEquals(VersionScheme.SEMVER, PackageUrl.vscodeExtension("a.b").scheme());
    assertEquals(VersionScheme.DEB, VersionScheme.of("deb"));
    assertEquals(VersionScheme.RPM, VersionScheme.of("rpm"));
    assertEquals(VersionScheme.PYPI, VersionScheme.of("pypi"));
    assertEquals(VersionScheme.APK, VersionScheme.of("apk"));
    assertEquals(VersionScheme.ALPM, VersionScheme.of("alpm"));
    assertEquals(VersionScheme.GENERIC, VersionScheme.of("never-heard-of"));
  }

  /// Every ecosystem that a rule can name a range for; of all others only `*` can be written.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm", "pypi", "deb", "rpm", "apk", "alpm", "cargo", "golang", "brew", "nix", "generic"
      })
  void ranges_can_be_written_for(String type) {
    assertTrue(VersionScheme.known(type).isPresent());
    var range = VersionRange.parse("vers:" + type + "/>=1.2.3|<1.10.0");
    assertEquals(VersionRange.Containment.YES, range.contains("1.9.0"));
    assertEquals(VersionRange.Containment.NO, range.contains("1.10.0"));
  }

  private static String randomText(Random random, String alphabet) {
    var text = new StringBuilder();
    for (var length = random.nextInt(7); length > 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
