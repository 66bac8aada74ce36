package dev.interdict.server.publish;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/// The files of drafts that people sign on machines of their own, kept from the first time that
/// each was made: people who fetch it apart sign one and the same change, also where something
/// failed to be published meanwhile. What a file was made of decides how long it is good for; none
/// is handed out once somebody withdrew it, nor to a signer whose machine would soon find it too
/// old. Thread-safe.
public final class HandedOut {
  /// How long a file is given to one more signer. Their machines take what is dated at most 21 days
  /// ago, so the last of them has a week.
  static final Duration FRESH = Duration.ofDays(14);

  private final Database database;
  private final InstantSource clock;

  public HandedOut(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The file of a draft: the one that is kept, if it was made of the same for the same handing
  /// out, is not withdrawn or old, and its serial is still its own; else this one, which is kept
  /// from now on.
  ///
  /// @param revision of the draft's text
  /// @param base what is published now ([Offline#base])
  /// @param handedOut when the draft began to wait for signers
  /// @param made a list as of now, unsigned
  public byte[] keep(long draft, long revision, String base, Instant handedOut, SigningDraft made)
      throws JsonException {
    var document = Objects.requireNonNull(made.document(), "a list has a document").next().bytes();
    var serial = Blocklist.read(document).serial();
    var signed = Objects.requireNonNull(made.next().get(RepositoryPlan.BLOCKLIST), "it is a list");
    var file = new String(SigningDraftFile.write(made), StandardCharsets.UTF_8);
    var kept =
        database.write(connection -> {
          Sql.update(
              connection,
              "insert into handed_out (draft_id, revision, base, handed_out_at, serial, sha256,"
                  + " signed_sha256, made_at, file) values (?,?,?,?,?,?,?,?,?) on conflict"
                  + " (draft_id) do update set revision = excluded.revision, base = excluded.base,"
                  + " handed_out_at = excluded.handed_out_at, serial = excluded.serial, sha256 ="
                  + " excluded.sha256, signed_sha256 = excluded.signed_sha256, made_at ="
                  + " excluded.made_at, file = excluded.file where handed_out.revision <>"
                  + " excluded.revision or handed_out.base <> excluded.base or"
                  + " handed_out.handed_out_at <> excluded.handed_out_at or handed_out.made_at <= ?"
                  + " or exists (select 1 from publication p where p.serial = handed_out.serial and"
                  + " p.sha256 <> handed_out.sha256) or exists (select 1 from withdrawn_file w"
                  + " where w.sha256 = handed_out.signed_sha256)",
              draft,
              revision,
              base,
              handedOut.toEpochMilli(),
              serial,
              Secrets.hash(document),
              Secrets.hash(signed.payload()),
              clock.millis(),
              file,
              clock.instant().minus(FRESH).toEpochMilli());
          return Sql.first(
              connection,
              "select file from handed_out where draft_id = ?",
              row -> row.getString(1),
              draft);
        });
    return Objects.requireNonNull(kept, "it was just written").getBytes(StandardCharsets.UTF_8);
  }
}
