package dev.interdict.simulation;

import dev.interdict.agent.state.Enrolment;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.Stop;
import dev.interdict.report.Device;
import dev.interdict.report.EnrolRequest;
import dev.interdict.server.api.DeviceApi;
import dev.interdict.server.api.SignedFiles;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.fleet.CheckIns;
import dev.interdict.server.fleet.Contacts;
import dev.interdict.server.fleet.EnrolOutcome;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Farewells;
import dev.interdict.server.fleet.Heartbeats;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.KeyChanges;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.http.Router;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Resigning;
import dev.interdict.server.publish.Setback;
import dev.interdict.server.publish.SignedTime;
import dev.interdict.server.store.Database;
import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.TimeStatement;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The server in a folder: real database, repository, keys, signing, publishing, intake and routes;
/// only the sockets and the schedule are not there. For one thread.
final class Headquarters implements AutoCloseable {
  private static final Duration SIGNED_EVERY = Duration.ofHours(6);
  private static final String ADMIN = "li.na";

  /// People who agree to letting go.
  private static final Consent AGREED = _ -> null;

  private final Path folder;
  private final InstantSource clock;
  private final SeededRandom random;
  private final Keyring keys;
  private final Map<String, List<Json>> granted = new TreeMap<>();
  private final Map<String, List<Json>> refused = new TreeMap<>();
  private SignedTime time;
  private Repository repository;
  private Database database;
  private Audit audit;
  private Compliance compliance;
  private Publisher publisher;
  private Resigning resigning;
  private Router router;
  private final Story story;
  private final Witness witness;
  private final Broken broken;
  private int backups;

  Headquarters(
      Path folder,
      InstantSource clock,
      SeededRandom random,
      Story story,
      Witness witness,
      Broken broken)
      throws IOException, RepositoryException {
    this.story = story;
    this.witness = witness;
    this.broken = broken;
    this.folder = folder;
    this.clock = clock;
    this.random = random;
    keys = Keyring.create(folder.resolve("keys"), random);
    time = new SignedTime(clock, folder.resolve("signed-time"));
    var plan = RepositoryPlan.small(keys.beginning(), Expiries.STANDARD);
    Repository.create(folder.resolve("repository"), plan, time);
    open();
    hold(Stop.NONE);
  }

  private void open() {
    time = new SignedTime(clock, folder.resolve("signed-time"));
    repository =
        Repository.open(folder.resolve("repository"), keys.online(), Expiries.STANDARD, time);
    database =
        Database.open(new dev.interdict.server.store.Location.File(folder.resolve("interdict.db")));
    audit = new Audit(database, clock);
    compliance = new Compliance(database, clock, Compliance.SILENT_AFTER);
    publisher = new Publisher(repository, keys, publications(), "Information security");
    resigning =
        broken == Broken.REUSES_NUMBERS
            ? Resigning.unscheduled(repository, keys, Expiries.STANDARD, clock)
            : Resigning.unscheduled(repository, keys, Expiries.STANDARD, publications(), clock);
    router = new Router();
    var contacts = new Contacts();
    var heartbeats = new Heartbeats(database, contacts, clock, Duration.ofHours(26));
    new DeviceApi(
            new dev.interdict.server.fleet.Enrolment(
                database, audit, clock, Compliance.SILENT_AFTER),
            new Intake(database, audit, clock, setback(), contacts, _ -> true),
            heartbeats,
            new KeyChanges(database, audit, contacts, clock),
            new Farewells(database, audit, contacts, clock),
            new CheckIns(clock, new Random(1), Duration.ofMinutes(15)),
            database::crowded,
            nonce -> TimeStatement.sign(nonce, time.instant(), keys.need(KeyRole.TIME)),
            new SignedFiles(folder.resolve("repository")))
        .addTo(router);
  }

  private Setback setback() {
    return new Setback(publications(), () -> repository.state());
  }

  private interface Signing {
    void run() throws RepositoryException;
  }

  /// Whatever is signed: nothing at or below what devices have told that they hold.
  private void signed(Signing signing) throws RepositoryException {
    var before = versions();
    signing.run();
    versions()
        .forEach((role, version) -> {
          if (!version.equals(before.get(role))) {
            witness.signed(role, version);
          }
        });
  }

  private Map<String, Long> versions() throws RepositoryException {
    var state = repository.state();
    var versions = new TreeMap<String, Long>();
    versions.put("timestamp", state.timestamp().version());
    versions.put("snapshot", state.snapshot().version());
    state.roles().forEach((role, file) -> versions.put(role.encoded(), file.version()));
    return versions;
  }

  /// The admin's look at whether devices hold what is not here any more.
  void lookAfter() {
    try {
      if (broken != Broken.REUSES_NUMBERS && !setback().claims().isEmpty()) {
        story.met("server recovers");
        story.tell(clock.instant(), "server", "recovers from " + setback().claims());
        var before = publisher.brake().held();
        signed(() -> done(publisher.recover(ADMIN)));
        // An admin has compared.
        var looked = new Stop(before.all(), before.rules(), "compared");
        signed(() -> done(publisher.brake().change(ADMIN, _ -> looked, AGREED)));
      }
    } catch (RepositoryException e) {
      throw new IllegalStateException("the server cannot recover", e);
    }
  }

  private Publications publications() {
    return new Publications(database, audit, clock);
  }

  Database database() {
    return database;
  }

  Compliance compliance() {
    return compliance;
  }

  byte[] initialRoot() throws RepositoryException {
    return repository.initialRoot();
  }

  /// Signs anew what has to be by now.
  void sign() throws RepositoryException {
    if (resigning.due(SIGNED_EVERY)) {
      signed(resigning::run);
    }
  }

  /// Answers one request as the device listener would.
  HttpResponse answer(String method, String path, Map<String, String> headers, byte[] body) {
    if (!(router.match(method, path) instanceof Router.Match.Found found)) {
      return HttpResponse.empty(404);
    }
    var fields = new TreeMap<String, List<String>>();
    headers.forEach(
        (name, value) -> fields.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value)));
    try {
      return found
          .handler()
          .handle(
              new HttpRequest(
                  method, path, null, fields, "127.0.0.1", true, found.captured(), body));
    } catch (RefusedException e) {
      return e.response();
    }
  }

  /// Makes a device known.
  void admit(Enrolment enrolment, Device device) {
    var token =
        new EnrolmentTokens(database, audit, random, clock)
            .create(ADMIN, new Placement("sales", "everyone", List.of()), Duration.ofDays(30), 1);
    var body = new EnrolRequest(token.secret(), enrolment.publicKey(), null, device).write();
    var request = new RequestParts("POST", Routes.ENROL, null, ContentDigest.of(body), 0);
    var signature =
        MessageSignature.sign(
            request, clock.instant(), enrolment.device(), "nonce-of-16-chars", enrolment.key());
    var outcome =
        new dev.interdict.server.fleet.Enrolment(database, audit, clock, Compliance.SILENT_AFTER)
            .enrol(
                new SignedRequest(
                    request, signature.inputField(request), signature.signatureField(), body));
    if (!(outcome instanceof EnrolOutcome.Enrolled)) {
      throw new IllegalStateException("not enrolled: " + outcome);
    }
  }

  void publish(List<Draft> drafts) throws RepositoryException {
    lookAfter();
    signed(() -> done(publisher.publish(ADMIN, drafts, _ -> null)));
  }

  /// Nothing, where a restored server never heard of it.
  void withdraw(Draft draft) throws RepositoryException {
    lookAfter();
    var id = draft.rule().id();
    signed(() -> {
      var outcome = publisher.withdraw(ADMIN, id);
      if (outcome instanceof PublishOutcome.Refused(var kind, var _)
          && kind == PublishOutcome.Reason.CONTENT) {
        story.met("withdrawn what a restored server does not know");
      } else {
        done(outcome);
      }
    });
  }

  void hold(Stop stop) throws RepositoryException {
    lookAfter();
    var named = stop.reason().isBlank() ? new Stop(stop.all(), stop.rules(), "none") : stop;
    signed(() -> done(publisher.brake().change(ADMIN, _ -> named, AGREED)));
  }

  private static void done(PublishOutcome outcome) {
    if (outcome instanceof PublishOutcome.Refused refusal) {
      throw new IllegalStateException("not published: " + refusal);
    }
  }

  void grant(Exemption exemption) throws RepositoryException {
    granted
        .computeIfAbsent(Exemptions.pathFor(exemption.device()), _ -> new ArrayList<>())
        .add(
            Json.object()
                .put("id", exemption.id())
                .put("rule", exemption.rule().value())
                .put("device", exemption.device())
                .put("until", exemption.until().toString())
                .put("granted-by", exemption.grantedBy())
                .put("reason", exemption.reason())
                .build());
    decide(Exemptions.pathFor(exemption.device()));
  }

  void refuse(Refusal refusal) throws RepositoryException {
    refused
        .computeIfAbsent(Exemptions.pathFor(refusal.device()), _ -> new ArrayList<>())
        .add(
            Json.object()
                .put("id", refusal.id())
                .put("rule", refusal.rule().value())
                .put("device", refusal.device())
                .put("by", refusal.by())
                .put("reason", refusal.reason())
                .put("contact", refusal.contact())
                .put("at", refusal.at().toString())
                .build());
    decide(Exemptions.pathFor(refusal.device()));
  }

  private void decide(String path) throws RepositoryException {
    var document =
        JsonWriter.pretty(
            Json.object()
                .put("format", Exemptions.FORMAT)
                .put("exemptions", granted.getOrDefault(path, List.of()))
                .put("refused", refused.getOrDefault(path, List.of()))
                .build());
    lookAfter();
    signed(() ->
        repository.publish(
            RepositoryPlan.EXEMPTIONS, path, document, List.of(keys.need(KeyRole.EXEMPTIONS))));
  }

  /// The serial of the list that devices can see.
  @Nullable Long serial() {
    return publications().newest().map(one -> one.serial()).orElse(null);
  }

  /// Ends and starts anew, as after a crash: what was committed is there.
  void restart() {
    database.close();
    open();
  }

  /// After it was down for long, an admin confirms that the clock is right.
  void confirmClock() {
    time.accept();
  }

  /// Copies database and repository as they are now.
  ///
  /// @return what [#restore] takes
  Path backUp() throws IOException {
    var backup = Files.createDirectory(folder.resolve("backup-" + ++backups));
    database.close();
    copy(folder, backup);
    open();
    return backup;
  }

  /// Goes back to what was copied, the repository of signed files only if asked for: where it goes
  /// back too, devices are ahead of their server until it has published as much again.
  void restore(Path backup, boolean repositoryToo) throws IOException {
    database.close();
    for (var name : List.of("interdict.db", "interdict.db-wal", "interdict.db-shm")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    if (repositoryToo) {
      Folders.delete(folder.resolve("repository"));
      Files.deleteIfExists(folder.resolve("signed-time"));
    }
    Files.copy(backup.resolve("interdict.db"), folder.resolve("interdict.db"));
    if (repositoryToo) {
      copy(backup, folder);
    }
    open();
    confirmClock();
  }

  private static void copy(Path from, Path to) throws IOException {
    for (var name : List.of("interdict.db", "signed-time", "repository")) {
      if (Files.exists(from.resolve(name)) && !name.equals("repository")) {
        Files.copy(
            from.resolve(name),
            to.resolve(name),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      } else {
        Folders.copy(from.resolve(name), to.resolve(name));
      }
    }
  }

  @Override
  public void close() {
    resigning.close();
    database.close();
  }
}
