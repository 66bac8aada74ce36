package dev.interdict.server.publish;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;

/// The files of drafts that people sign on machines of their own, kept from the first time that
/// each was made: people who fetch it apart sign one and the same change, also where something
/// failed to be published meanwhile. What a file was made of decides how long it is good for.
/// Thread-safe.
public final class HandedOut {
  private final Database database;
  private final InstantSource clock;

  public HandedOut(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The file of a draft: the one that is kept, if it was made of the same and its serial is still
  /// its own, else this one, which is kept from now on.
  ///
  /// @param revision of the draft's text
  /// @param base what is published now ([Offline#base])
  /// @param made a list, unsigned
  public byte[] keep(long draft, long revision, String base, SigningDraft made)
      throws JsonException {
    var document = Objects.requireNonNull(made.document(), "a list has a document").next().bytes();
    var serial = Blocklist.read(document).serial();
    var file = new String(SigningDraftFile.write(made), StandardCharsets.UTF_8);
    var kept =
        database.write(connection -> {
          Sql.update(
              connection,
              "insert into handed_out (draft_id, revision, base, serial, sha256, made_at, file)"
                  + " values (?,?,?,?,?,?,?) on conflict (draft_id) do update set revision ="
                  + " excluded.revision, base = excluded.base, serial = excluded.serial, sha256 ="
                  + " excluded.sha256, made_at = excluded.made_at, file = excluded.file where"
                  + " handed_out.revision <> excluded.revision or handed_out.base <> excluded.base"
                  + " or exists (select 1 from publication p where p.serial = handed_out.serial and"
                  + " p.sha256 <> handed_out.sha256)",
              draft,
              revision,
              base,
              serial,
              Secrets.hash(document),
              clock.millis(),
              file);
          return Sql.first(
              connection,
              "select file from handed_out where draft_id = ?",
              row -> row.getString(1),
              draft);
        });
    return Objects.requireNonNull(kept, "it was just written").getBytes(StandardCharsets.UTF_8);
  }
}
