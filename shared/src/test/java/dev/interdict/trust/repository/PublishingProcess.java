package dev.interdict.trust.repository;

import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/// A publisher in a process of its own, with the same keys as any [NewRepository]: to run beside
/// another, or to be killed. Says each list that devices can see.
final class PublishingProcess extends NewRepository {
  private PublishingProcess(Path folder) {
    this.folder = folder;
  }

  /// @param arguments the folder, what to write into the lists, how many of them, and `rotate` to
  ///   change the root with the online keys in between
  public static void main(String... arguments) throws Exception {
    var process = new PublishingProcess(Path.of(arguments[0]));
    process.repository = open(process);
    var rotates = arguments.length > 3;
    System.out.println("ready");
    for (var n = 0; n < Integer.parseInt(arguments[2]); n++) {
      var text = arguments[1] + " " + n;
      process.publish(text);
      System.out.println(text);
      if (rotates) {
        process.rotate();
      }
    }
  }

  static Process start(Path folder, String... arguments) throws IOException {
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PublishingProcess.class.getName(),
                folder.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// The repository with the online keys that its newest root names.
  static Repository open(NewRepository at) {
    var version = 1L;
    while (java.nio.file.Files.exists(at.folder.resolve((version + 1) + ".root.json"))) {
      version++;
    }
    var keys = version == 1 ? at.online : online(version);
    return Repository.open(at.folder, keys, Expiries.STANDARD, at.clock);
  }

  private static OnlineSigners online(long version) {
    var chance = new SeededRandom(version);
    return new OnlineSigners(Ed25519Signer.generate(chance), Ed25519Signer.generate(chance));
  }

  static byte[] list(String text) {
    return ("{\"rules\":[\"" + text + "\"]}").getBytes(StandardCharsets.UTF_8);
  }

  /// Until nobody else was faster.
  void publish(String text) throws RepositoryException {
    while (true) {
      try {
        repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, list(text), List.of(alice, bob));
        return;
      } catch (RepositoryException e) {
        if (e.family() != Family.ROLLBACK) {
          throw e;
        }
      }
    }
  }

  private void rotate() throws RepositoryException {
    var now = repository.state().trusted().root();
    var next = online(now.version() + 1);
    var roles = new HashMap<>(now.roles());
    roles.put(RoleName.SNAPSHOT, new RoleKeys(List.of(next.snapshot().key()), 1));
    roles.put(RoleName.TIMESTAMP, new RoleKeys(List.of(next.timestamp().key()), 1));
    var root = repository.preparation().root(roles, new RoleKeys(List.of(time.key()), 1));
    repository = repository.rotateRoot(root.signedBy(this.root), Publication.NOTHING, next);
  }
}
