package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.Inspection;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningMemory;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options by which a signer's machine knows what to trust.
final class TrustOptions {
  private static final Pattern PIN = Pattern.compile("sha256:[0-9a-f]{64}");

  @Option(
      names = "--trust-root",
      paramLabel = "sha256:HEX",
      description =
          "The first root's fingerprint, as interdict-server init printed it. Needed once; ask"
              + " somebody you know, not the server.")
  private @Nullable String trustRoot;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description =
          "Where this machine remembers the trust root and what was signed here (default:"
              + " ~/.interdict/signing.json).")
  private @Nullable Path file;

  /// What the machine remembers.
  SigningMemory memory() throws IOException {
    if (trustRoot != null && !PIN.matcher(trustRoot).matches()) {
      throw new Failure(
          Exit.USAGE, "--trust-root is sha256: and 64 lower-case hex digits, not " + trustRoot);
    }
    var known = SigningMemory.load(place());
    if (known == null) {
      if (trustRoot == null) {
        throw new Failure(
            Exit.USAGE,
            "this machine knows no trust root yet; give --trust-root sha256:…, as interdict-server"
                + " init printed it");
      }
      return new SigningMemory(trustRoot.substring(7), Map.of());
    }
    if (trustRoot != null && !trustRoot.substring(7).equals(known.trustRoot())) {
      throw new Failure(
          Exit.TRUST,
          "this machine trusts sha256:"
              + known.trustRoot()
              + "; for another repository use another --memory file");
    }
    return known;
  }

  void save(SigningMemory memory) throws IOException {
    memory.save(place());
  }

  private Path place() {
    return file != null
        ? file
        : Path.of(System.getProperty("user.home", "."), ".interdict", "signing.json");
  }

  /// The draft, verified from what this machine trusts.
  static Inspected inspect(SigningDraft draft, Kind kind, String pin, Console console) {
    require(kind, draft);
    try {
      return Inspection.inspect(draft, pin, console.clock().instant());
    } catch (RepositoryException e) {
      throw unfit(e);
    }
  }

  static void require(Kind kind, SigningDraft draft) {
    if (draft.kind() != kind) {
      throw new Failure(
          Exit.USAGE,
          kind == Kind.BLOCKLIST
              ? "this is a draft of keys; use interdict root for it"
              : "this is a draft of the blocklist; use interdict blocklist for it");
    }
  }

  static Failure unfit(RepositoryException e) {
    return new Failure(Exit.TRUST, "this draft must not be signed: " + e.getMessage());
  }
}
