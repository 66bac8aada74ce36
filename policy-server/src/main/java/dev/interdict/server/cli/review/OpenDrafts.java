package dev.interdict.server.cli.review;

import dev.interdict.server.cli.setup.Acting;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Recognition;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Examination;
import dev.interdict.server.review.Examiner;
import dev.interdict.server.review.Person;
import dev.interdict.server.review.Previews;
import dev.interdict.server.review.Releases;
import dev.interdict.server.review.Reviews;
import dev.interdict.server.review.StoredDraft;
import dev.interdict.server.risk.Register;
import java.io.IOException;

/// The drafts of a server's folder, for one command.
public record OpenDrafts(
    ServerFolder folder,
    Settings settings,
    Parts parts,
    Drafts drafts,
    Examiner examiner,
    Previews previews,
    Reviews reviews,
    Releases releases)
    implements AutoCloseable {

  public static OpenDrafts of(ServerFolder folder, Console console) throws IOException {
    return of(folder, Settings.read(folder), OpenServer.parts(folder, console), console);
  }

  /// Over parts that are open; whoever opened them closes them.
  public static OpenDrafts of(
      ServerFolder folder, Settings settings, Parts parts, Console console) {
    var clock = OpenServer.signedTime(folder, console);
    var publications = new Publications(parts.database(), parts.audit(), clock);
    var drafts = new Drafts(parts.database(), parts.audit(), clock);
    var register = new Register(parts.database(), parts.audit(), clock);
    var examiner = new Examiner(new PublishedRules(publications), register, clock);
    var previews =
        new Previews(
            parts.database(),
            parts.audit(),
            clock,
            new Recognition(publications),
            settings.silentAfter(),
            settings.publishing().criticalGroups());
    var reviews = new Reviews(drafts, examiner, previews);
    var releases = new Releases(drafts, examiner, reviews, previews, clock);
    return new OpenDrafts(folder, settings, parts, drafts, examiner, previews, reviews, releases);
  }

  /// The person of that account.
  public Person person(String name) {
    var account = Acting.onFleet(parts, name);
    return new Person(account.name(), account.roles());
  }

  public StoredDraft draft(long number) {
    return drafts
        .find(number)
        .orElseThrow(() -> new Failure(Exit.FOUND, "there is no draft " + number));
  }

  /// What lint and the list say of the draft's newest text.
  Examination examined(StoredDraft draft) {
    return examiner.examine("draft-" + draft.number(), drafts.newest(draft).content());
  }

  @Override
  public void close() {
    parts.close();
  }
}
