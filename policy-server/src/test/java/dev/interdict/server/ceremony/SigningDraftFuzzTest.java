package dev.interdict.server.ceremony;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.ceremony.SigningDraft.Document;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraft.RuleReach;
import dev.interdict.server.store.Secrets;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryPlan.SmallKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a signer reads before there is any signature to go by.
class SigningDraftFuzzTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
  private static final String PATH = "blocklist/global.json";

  @TempDir Path folder;

  @Test
  void drafts_are_read_or_refused_and_what_is_signed_is_what_is_shown() throws Exception {
    var repository = repository();
    var list = new Blob(JsonWriter.pretty(Blocklist.document(1, "IT", List.of())));
    var draft = draft(repository, list);
    var pin = Secrets.hash(repository.initialRoot());
    Fuzz.of("signing-draft")
        .seeds(SigningDraftFile.write(draft))
        .words("\"trust\"", "\"blocklist\"", "\"targets\"", "\"root\"")
        .refuses(JsonException.class, RepositoryException.class)
        .grants(128 << 20)
        .run(input -> {
          var read = SigningDraftFile.read(input);
          var inspected = Inspection.inspect(read, pin, NOW);
          // Whatever else was changed: the bytes that would be signed list the document shown.
          var document = inspected.draft().document();
          if (document != null) {
            var listed = Objects.requireNonNull(inspected.next().get(RepositoryPlan.BLOCKLIST));
            Objects.requireNonNull(listed.targets().get(PATH)).check(document.next().bytes(), PATH);
          }
          assertArrayEquals(
              SigningDraftFile.write(read),
              SigningDraftFile.write(SigningDraftFile.read(SigningDraftFile.write(read))));
        });
  }

  @Test
  void a_memory_is_read_or_called_damaged() throws Exception {
    var file = folder.resolve("memory");
    new SigningMemory(
            "0".repeat(64), Map.of(RoleName.ROOT, new SigningMemory.Signed(3, "1".repeat(64))))
        .save(file);
    var seed = Files.readAllBytes(file);
    Fuzz.of("signing-memory")
        .seeds(seed)
        .refuses(java.io.IOException.class)
        .run(input -> {
          Files.write(file, input);
          SigningMemory.load(file);
        });
  }

  private Repository repository() throws RepositoryException {
    var random = new SecureRandom();
    var keys = new Ed25519Signer[8];
    java.util.Arrays.setAll(keys, _ -> Ed25519Signer.generate(random));
    var small =
        new SmallKeys(keys[0], keys[1], keys[2], keys[3], keys[4], keys[5], keys[6], keys[7]);
    return Repository.create(
        folder.resolve("repository"), RepositoryPlan.small(small, Expiries.STANDARD), () -> NOW);
  }

  private static SigningDraft draft(Repository repository, Blob list) throws RepositoryException {
    var state = repository.state();
    var role = RepositoryPlan.BLOCKLIST;
    var before = new LinkedHashMap<RoleName, Blob>();
    for (var context : List.of(RoleName.TARGETS, role)) {
      before.put(context, new Blob(state.role(context).file().bytes()));
    }
    var next = new LinkedHashMap<RoleName, SignedFile>();
    next.put(role, repository.preparation().next(role, Map.of(PATH, list.bytes()), List.of()));
    return new SigningDraft(
        Kind.BLOCKLIST,
        "anna",
        NOW,
        List.of(new Blob(repository.initialRoot())),
        before,
        next,
        new Document(PATH, null, list),
        List.of(new RuleReach("tool", 3L, 5, 0, 1, 9, NOW)));
  }
}
