package dev.interdict.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Repositories as other people's tools write them: a signing ceremony with hardware keys, and a
/// repository kept by continuous integration.
class ConformanceLookalikeTest extends ConformanceScene {

  /// A key as another tool writes it: members of its own, its older name for the type.
  private record Styled(Signer original, String member, String text, String type)
      implements Signer {
    @Override
    public TufKey key() {
      var json = JsonEdit.with(original.key().json(), member, new Json.Text(text));
      return TufKey.of(JsonEdit.with(json, "keytype", new Json.Text(type)));
    }

    @Override
    public byte[] sign(byte[] message) {
      return original.sign(message);
    }
  }

  private static Signer owned(String owner) {
    return new Styled(JdkSigner.ecdsa(), "x-tuf-on-ci-keyowner", owner, "ecdsa");
  }

  private static Signer hardware(String number) {
    return new Styled(JdkSigner.ecdsa(), "x-serial", number, "ecdsa-sha2-nistp256");
  }

  /// Indented, as many tools write; signatures are over the canonical form.
  private void indent(String path) {
    repository.tamper(
        path,
        file -> bytes(new String(file, UTF_8).replace(",\"", ",\n  \"").replace(":{", ": {")));
  }

  @Test
  void a_ceremony_with_hardware_keys_and_signatures_left_open() {
    var holders = new ArrayList<Signer>();
    for (var i = 0; i < 5; i++) {
      holders.add(hardware("1000" + i));
    }
    var former = repository.signers(RoleName.ROOT).getFirst();
    repository.keys(RoleName.ROOT, 3, holders.toArray(Signer[]::new));
    repository.keys(RoleName.TARGETS, 3, holders.toArray(Signer[]::new));
    var online = new Styled(JdkSigner.ecdsa(), "x-uri", "kms:online", "ecdsa");
    repository.keys(RoleName.SNAPSHOT, 1, online);
    repository.keys(RoleName.TIMESTAMP, 1, online);
    repository.root(former);
    repository.signedBy(
        RoleName.ROOT, List.of(former, holders.get(4), holders.get(1), holders.get(2)));
    // Two holders never came: their signatures stand there empty.
    for (var absent : List.of(0, 3)) {
      var id = holders.get(absent).key().id().value();
      repository.tamper(
          "2.root.json",
          file ->
              bytes(
                  new String(file, UTF_8)
                      .replace("}],", "},{\"keyid\":\"" + id + "\",\"sig\":\"\"}],")));
    }
    repository.promiseOnlyVersions();
    repository.put(RoleName.TARGETS, "trusted_root.json", bytes("{}"));
    repository.publish();
    for (var path : List.of("2.root.json", "2.targets.json", "2.snapshot.json", "timestamp.json")) {
      indent(path);
    }
    init();
    downloads("trusted_root.json");
    assertEquals("root=2 snapshot=2 targets=2 timestamp=2", trusted());
    assertEquals(List.of("{}"), contents());
  }

  @Test
  void a_repository_kept_by_continuous_integration() {
    var former = repository.signers(RoleName.ROOT).getFirst();
    var owner = owned("@owner");
    var online = new Styled(JdkSigner.ecdsa(), "x-tuf-on-ci-online-uri", "kms:x", "ecdsa");
    repository.keys(RoleName.ROOT, 1, owner);
    repository.keys(RoleName.TARGETS, 1, owner);
    repository.keys(RoleName.SNAPSHOT, 1, online);
    repository.keys(RoleName.TIMESTAMP, 1, online);
    repository.root(former);
    repository.alter(
        RoleName.ROOT, root -> JsonEdit.with(root, "x-tuf-on-ci-signing-period", new Json.Int(60)));
    repository.signedBy(RoleName.ROOT, List.of(former, owner));
    repository.promiseOnlyVersions();
    var delegated = new RoleName("delegatedrole");
    repository.noDelegations(RoleName.TARGETS);
    repository.keys(delegated, 1, owned("@other"));
    repository.delegate(RoleName.TARGETS, delegated, true, "delegatedrole/*", "delegatedrole/*/*");
    repository.sign(RoleName.TARGETS);
    repository.put(delegated, "delegatedrole/artifact", bytes("artifact"));
    repository.publish();
    indent("2.root.json");
    indent("1.delegatedrole.json");
    init();
    downloads("delegatedrole/artifact");
    assertEquals("delegatedrole=1 root=2 snapshot=2 targets=2 timestamp=2", trusted());
    assertEquals(List.of("artifact"), contents());
  }
}
