package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RoleName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes of keys and thresholds. A version is written `KEYS/THRESHOLD/SIGNERS`, each key one
/// digit, and with an exclamation mark where it must be refused.
class ConformanceRotationTest extends ConformanceScene {
  private final List<Signer> pool = new ArrayList<>();

  ConformanceRotationTest() {
    for (var i = 0; i < 10; i++) {
      pool.add(repository.newSigner());
    }
  }

  private Signer[] signers(String digits) {
    return digits.chars().mapToObj(digit -> pool.get(digit - '0')).toArray(Signer[]::new);
  }

  private void sign(RoleName role, String version) {
    var parts = version.replace("!", "").split("/", -1);
    repository.keys(role, Integer.parseInt(parts[1]), signers(parts[0]));
    if (role.equals(RoleName.ROOT)) {
      repository.root();
      repository.signedBy(role, List.of(signers(parts[2])));
    } else {
      repository.root();
      if (role.equals(RoleName.TARGETS)) {
        repository.sign(role);
        repository.signedBy(role, List.of(signers(parts[2])));
      }
      if (!role.equals(RoleName.TIMESTAMP)) {
        repository.snapshot();
      }
      if (role.equals(RoleName.SNAPSHOT)) {
        repository.signedBy(role, List.of(signers(parts[2])));
      }
      repository.timestamp();
      if (role.equals(RoleName.TIMESTAMP)) {
        repository.signedBy(role, List.of(signers(parts[2])));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1/1/1 2/1/21 2/1/2",
        "1/1/314 2/1/3214 2/1/324",
        "01234/3/024 01234/3/041 01234/3/013 01234/3/013",
        "01234/3/024 01345/3/041",
        "01234/3/024 01345/3/0245 01345/3/045",
        "01234/3/024 56789/3/024567 56789/3/567",
        "123/1/1 123/2/12",
        "123/2/12 123/1/12 123/1/1",
        "1/1/1 12/2/12",
        "1/1/1 2/1/234!",
        "1/1/1 2/1/134!",
        "01234/3/024 01345/3/024!",
        "01234/3/024 01345/3/045!",
        "123/1/1 123/2/2!",
        "123/2/12 123/1/1!"
      })
  void roots_follow_each_other_by_both_thresholds(String history) {
    var accepted = "";
    repository.version(RoleName.ROOT, 1);
    for (var version : history.split(" ", -1)) {
      sign(RoleName.ROOT, version);
      if (!version.endsWith("!")) {
        accepted = repository.path(RoleName.ROOT);
      }
    }
    assertEquals(0, init(repository.initialRoot()), this::said);
    assertEquals(history.endsWith("!") ? 1 : 0, refresh(), this::said);
    assertArrayEquals(repository.file(accepted), trusted("root"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2/1/2",
        "1/1/314",
        "01234/3/024",
        "01234/3/041",
        "01234/3/013",
        "01234/3/123",
        "01234/3/234",
        "2/1/134!",
        "01345/3/024!",
        "01345/3/04!"
      })
  void other_roles_follow_the_newest_root(String version) {
    for (var role : List.of(RoleName.TIMESTAMP, RoleName.SNAPSHOT, RoleName.TARGETS)) {
      assertEquals(0, init(repository.initialRoot()), this::said);
      sign(role, version);
      assertEquals(version.endsWith("!") ? 1 : 0, refresh(), this::said);
      if (version.endsWith("!")) {
        return;
      }
      assertArrayEquals(repository.file(repository.path(role)), trusted(role.value()));
    }
  }
}
