package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.json.Json;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.SignedFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeStatementTest {
  private static final Instant NOW = Instant.parse("2026-07-09T16:00:00Z");
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 9);
  private final byte[] nonce = new byte[TimeStatement.NONCE_BYTES];
  private Root root = root();

  private Root root() {
    try {
      return Root.read(repository.initialRoot());
    } catch (RepositoryException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void draw() {
    new SeededRandom(3).nextBytes(nonce);
  }

  private void refused(Family family, byte[] answer, byte[] asked) {
    var refused =
        assertThrows(RepositoryException.class, () -> TimeStatement.verify(answer, asked, root));
    assertEquals(family, refused.family(), refused.getMessage());
  }

  @Test
  void an_answer_to_the_question_says_the_time() throws RepositoryException {
    var answer = TimeStatement.sign(nonce, NOW.plusMillis(750), repository.timeKey());
    assertEquals(new TimeStatement(NOW), TimeStatement.verify(answer, nonce, root));
  }

  @Test
  void an_answer_to_another_question() {
    var answer = TimeStatement.sign(nonce, NOW, repository.timeKey());
    var other = nonce.clone();
    other[31] ^= 1;
    refused(Family.MISMATCH, answer, other);
    refused(Family.MISMATCH, answer, new byte[0]);
  }

  @Test
  void an_answer_by_another_key() {
    var timestampKey = repository.signers(RoleName.TIMESTAMP).getFirst();
    refused(Family.SIGNATURE, TimeStatement.sign(nonce, NOW, timestampKey), nonce);
  }

  @Test
  void an_answer_that_was_changed() {
    var answer =
        new String(TimeStatement.sign(nonce, NOW, repository.timeKey()), StandardCharsets.UTF_8);
    var later = answer.replace("2026-07-09", "2036-07-09").getBytes(StandardCharsets.UTF_8);
    refused(Family.SIGNATURE, later, nonce);
  }

  @Test
  void another_document_by_the_time_key() {
    repository.signedBy(RoleName.TIMESTAMP, List.of(repository.timeKey()));
    refused(Family.MALFORMED, repository.file("timestamp.json"), nonce);
  }

  @Test
  void the_same_words_in_a_document_of_another_kind() {
    var signed =
        Json.object()
            .put("_type", "promise")
            .put("nonce", HexFormat.of().formatHex(nonce))
            .put("now", "2026-07-09T16:00:00Z")
            .build();
    var answer = SignedFile.sign(signed, List.of(repository.timeKey())).bytes();
    refused(Family.MALFORMED, answer, nonce);
  }

  @Test
  void a_root_that_names_no_time_key() throws RepositoryException {
    var named = root;
    root = new Root(named.file(), named.header(), true, named.roles(), null, named.schemes());
    refused(Family.SIGNATURE, TimeStatement.sign(nonce, NOW, repository.timeKey()), nonce);
  }
}
