package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the resources of the API hold, beyond that they answer as they are described ([JourneyIT]).
class ResourcesIT {
  private static final String V1 = "/api/v1";

  @TempDir Path folder;
  private TestingOffice office;
  private Client anna;
  private Client bo;
  private Client ada;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder.resolve("server"));
    office.person("anna", Role.AUTHOR);
    office.person("bo", Role.APPROVER);
    office.person("ada", Role.ADMINISTRATOR, Role.AUDITOR);
    anna = Client.of(office, "anna");
    bo = Client.of(office, "bo");
    ada = Client.of(office, "ada");
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private static Json.Obj done(HttpResponse<String> answer) throws Exception {
    assertEquals(2, answer.statusCode() / 100, answer.body());
    return answer.body().isEmpty() ? Json.object().build() : Described.read(answer.body());
  }

  private void step(Client client, String verb, Json.Obj body) throws Exception {
    var draft = client.get(V1 + "/drafts/" + last);
    var tag = draft.headers().firstValue("ETag").orElseThrow();
    done(client.send("POST", V1 + "/drafts/" + last + verb, body, "If-Match", tag));
  }

  private int last;

  /// Publishes a text as people do.
  private void publish(String content) throws Exception {
    done(anna.send("POST", V1 + "/drafts", Json.object().put("content", content).build()));
    last++;
    var nothing = Json.object().build();
    step(anna, "/observe", nothing);
    done(anna.plain("POST", V1 + "/drafts/" + last + "/preview"));
    step(anna, "/submit", nothing);
    var sha256 = done(bo.get(V1 + "/drafts/" + last)).get("sha256");
    step(bo, "/approve", Json.object().put("sha256", sha256).build());
    step(anna, "/publish", nothing);
  }

  private static List<Json.Obj> rows(Json.Obj page, String name) {
    return ((Json.Arr) Described.member(page, name))
        .items().stream().map(Json.Obj.class::cast).toList();
  }

  @Test
  void versions_of_a_rule_say_what_each_made_different() throws Exception {
    publish(Bureau.RULE);
    publish(Bureau.RULE.replace("sends data out", "sends data"));
    done(anna.plain("POST", V1 + "/rules/some-tool/withdraw"));
    var versions = rows(done(anna.get(V1 + "/rules/some-tool/versions")), "versions");
    var changes =
        versions.stream().map(each -> Described.text(Described.member(each, "change"))).toList();
    assertEquals("removed", changes.getFirst());
    assertEquals("added", changes.getLast());
    assertEquals(changes.size() - 2, changes.stream().filter("changed"::equals).count());
    var difference = rows(versions.get(1), "difference");
    assertEquals(1, difference.size(), difference.toString());
    assertTrue(difference.getFirst().toString().contains("sends data out"), difference.toString());
    assertEquals(new Json.Text("anna"), versions.get(1).get("actor"));
    assertTrue(rows(versions.getLast(), "difference").size() > 5);
    var page = done(anna.get(V1 + "/rules/some-tool/versions?size=" + (changes.size() - 1)));
    var next = Described.text(Described.member(page, "next"));
    var rest = done(anna.get(V1 + "/rules/some-tool/versions?page_after=" + next));
    assertEquals(List.of(versions.getLast()), rows(rest, "versions"));
    assertEquals(404, anna.get(V1 + "/rules/other-tool/versions").statusCode());
  }

  @Test
  void a_bundle_is_verified_by_a_client_that_knows_the_first_root_alone() throws Exception {
    publish(Bureau.RULE);
    var unpacked = unpack(anna, newest());
    var root = Files.readAllBytes(unpacked.resolve("1.root.json"));
    var store = new DirectoryStore(Files.createDirectory(folder.resolve("store")));
    var client = new Updater(root, store, new DirectoryFetcher(unpacked), Limits.STANDARD);
    assertInstanceOf(RefreshResult.Updated.class, client.refresh(office.clock.instant()));
    var found = client.target(Blocklist.PATH);
    var target = assertInstanceOf(TargetResult.Found.class, found);
    assertTrue(Blocklist.read(target.target().content()).rules().size() == 1);
  }

  @Test
  void a_former_bundle_has_the_metadata_that_signed_it() throws Exception {
    publish(Bureau.RULE);
    var former = newest();
    publish(Bureau.RULE.replace("sends data out", "sends data"));
    var said = Described.read(Files.readString(unpack(anna, former).resolve("bundle.json")));
    assertEquals(Json.Bool.FALSE, said.get("in-force"));
    assertEquals(Json.Bool.TRUE, said.get("signatures"));
    assertEquals(404, anna.get(V1 + "/policies/999/bundle").statusCode());
  }

  private long newest() throws Exception {
    var newest = rows(done(anna.get(V1 + "/policies")), "policies").getFirst();
    return ((Json.Int) Described.member(newest, "serial")).value();
  }

  private Path unpack(Client client, long serial) throws Exception {
    var request = client.request("GET", V1 + "/policies/" + serial + "/bundle", null);
    var answer =
        java.net.http.HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode());
    var to = folder.resolve("bundle-" + serial);
    try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var file = to.resolve(entry.getName()).normalize();
        assertTrue(file.startsWith(to), entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    return to;
  }

  @Test
  void keys_say_who_signed_what_holds() throws Exception {
    var roles = rows(done(anna.get(V1 + "/keys")), "roles");
    var names = roles.stream().map(role -> Described.text(Described.member(role, "role"))).toList();
    assertTrue(
        names.containsAll(List.of("root", "targets", "blocklist", "snapshot", "timestamp", "time")),
        names.toString());
    for (var role : roles) {
      var key = rows(role, "keys").getFirst();
      var signs = !new Json.Text("time").equals(role.get("role"));
      assertEquals(signs, key.get("last-signed") instanceof Json.Text, role.toString());
      assertFalse(role.toString().contains("private"), role.toString());
    }
    var before = blocklistVersion(roles);
    publish(Bureau.RULE);
    assertTrue(
        blocklistVersion(rows(done(anna.get(V1 + "/keys")), "roles")) > before, "it is told anew");
  }

  private static long blocklistVersion(List<Json.Obj> roles) {
    return roles.stream()
        .filter(role -> new Json.Text("blocklist").equals(role.get("role")))
        .map(role -> ((Json.Int) Described.member(role, "version")).value())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void software_of_a_long_name_is_paged_through_and_its_devices_are_found() throws Exception {
    var name = "pkg:npm/" + "x".repeat(480);
    for (var n = 0; n < 3; n++) {
      var device = office.device("ws-" + n, "R&D").id().value();
      var identity = name + n;
      office
          .parts()
          .database()
          .write(connection ->
              Sql.update(
                  connection,
                  "insert into finding (device_id, rule_id, n, source, identity, location,"
                      + " strength, running) values (?,'some-tool',0,'npm',?,'/opt','strong',0)",
                  device,
                  identity));
    }
    var first = done(anna.get(V1 + "/software?size=1&q=xxx"));
    var next = Objects.requireNonNull(((Json.Text) first.get("next"))).value();
    assertTrue(next.length() > 300, next);
    var second = done(anna.get(V1 + "/software?size=1&q=xxx&page_after=" + next));
    assertEquals(1, rows(second, "software").size());
    var identity = URLEncoder.encode(name + "0", StandardCharsets.UTF_8);
    var devices = done(anna.get(V1 + "/software/devices?detector=npm&identity=" + identity));
    assertEquals(new Json.Int(1), devices.get("total"));
  }

  @Test
  void who_sees_no_device_that_has_a_software_is_not_told_that_it_was_reviewed() throws Exception {
    office.reports(office.device("ws-1", "R&D"), "some-tool", RuleState.PRESENT);
    var identity = "identity=" + URLEncoder.encode("pkg:npm/some-tool", StandardCharsets.UTF_8);
    var note = Json.object().put("note", " Ours ").build();
    var review = done(anna.send("POST", V1 + "/software/review?" + identity, note));
    assertEquals(new Json.Text("Ours"), review.get("note"));
    assertEquals(new Json.Text(office.clock.instant().toString()), review.get("at"));
    var path = V1 + "/software/devices?detector=npm&" + identity;
    assertEquals(review, done(anna.get(path)).get("reviewed"));
    for (var department : List.of("R&D", "Sales")) {
      var scope = Scope.of(List.of(department));
      var name = department.equals("R&D") ? "rita" : "sam";
      office
          .parts()
          .accounts()
          .create("tester", name, TestingOffice.PASSWORD, Set.of(Role.VIEWER), scope);
      var seen = done(Client.of(office, name).get(path)).get("reviewed");
      assertEquals(name.equals("rita") ? review : null, seen, department);
    }
  }

  @Test
  void software_is_counted_by_name_and_version_and_says_when_it_is_not_collected()
      throws Exception {
    for (var i = 0; i < 3; i++) {
      office.reports(office.device("ws-" + i, "R&D"), "some-tool", RuleState.PRESENT);
    }
    var page = done(anna.get(V1 + "/software?q=SOME"));
    var software = rows(page, "software");
    assertEquals(1, software.size());
    assertEquals(new Json.Text("some-tool"), software.getFirst().get("name"));
    assertEquals(new Json.Text("npm"), software.getFirst().get("ecosystem"));
    assertEquals(new Json.Int(3), software.getFirst().get("devices"));
    assertEquals(new Json.Int(3), rows(software.getFirst(), "versions").getFirst().get("devices"));
    var collection = (Json.Obj) Described.member(page, "collection");
    assertEquals(Json.Bool.TRUE, collection.get("tells-software"));
    assertEquals(new Json.Int(0), done(anna.get(V1 + "/software?q=%25")).get("total"));
  }

  @Test
  void who_sees_one_department_learns_nothing_of_another() throws Exception {
    var own = office.device("own-1", "R&D/lab");
    var other = office.device("other-1", "Sales");
    office.reports(own, "some-tool", RuleState.PRESENT);
    office.reports(other, "some-tool", RuleState.FAILED);
    office
        .parts()
        .accounts()
        .create(
            "tester", "sam", TestingOffice.PASSWORD, Set.of(Role.VIEWER), Scope.of(List.of("R&D")));
    var sam = Client.of(office, "sam");
    for (var kind : List.of("findings", "actions", "events")) {
      done(sam.get(V1 + "/devices/" + own.id() + "/" + kind));
      var refused = sam.get(V1 + "/devices/" + other.id() + "/" + kind);
      assertEquals(404, refused.statusCode(), kind);
    }
    assertEquals(
        new Json.Int(1),
        rows(done(sam.get(V1 + "/software")), "software").getFirst().get("devices"));
    assertEquals(
        new Json.Int(1), rows(done(sam.get(V1 + "/rings")), "rings").getFirst().get("devices"));
    // Events and webhooks are for roles that nobody with a scope has.
    for (var whole : List.of("/previews", "/previews/1")) {
      var refused = sam.get(V1 + whole);
      assertEquals(403, refused.statusCode(), whole);
      assertTrue(refused.body().contains(":scope"), refused.body());
    }
    for (var denied : List.of("/events", "/exports/events", "/webhooks")) {
      assertEquals(403, sam.get(V1 + denied).statusCode(), denied);
    }
    var exported = sam.get(V1 + "/exports/findings?format=ocsf").body();
    assertTrue(exported.contains("own-1") && !exported.contains("other-1"), exported);
  }

  @Test
  void reading_the_records_of_a_device_is_a_look_at_it() throws Exception {
    var device = office.device("ws-1", "R&D");
    done(anna.get(V1 + "/devices/" + device.id() + "/actions"));
    var looks = office.parts().looks().newest(device.id(), 5);
    assertEquals("anna", looks.getFirst().who());
  }

  @Test
  void actions_and_events_of_a_device_come_in_pages_newest_first() throws Exception {
    var device = office.device("ws-1", "R&D");
    for (var i = 0; i < 4; i++) {
      office.reports(device, "some-tool", i % 2 == 0 ? RuleState.FAILED : RuleState.PRESENT);
    }
    for (var kind : List.of("actions", "events")) {
      var path = V1 + "/devices/" + device.id() + "/" + kind + "?size=";
      var all = rows(done(anna.get(path + 100)), kind);
      assertTrue(all.size() > 1, all.toString());
      var seen = new ArrayList<Json.Obj>();
      String next = "";
      while (next != null) {
        var page = done(anna.get(path + 1 + (next.isEmpty() ? "" : "&page_after=" + next)));
        seen.addAll(rows(page, kind));
        next = page.get("next") instanceof Json.Text(var word) ? word : null;
      }
      assertEquals(all, seen);
    }
  }

  @Test
  void short_lists_come_in_pages_too() throws Exception {
    for (var i = 0; i < 5; i++) {
      office.device("ws-" + i, "R&D");
    }
    var all = rows(done(ada.get(V1 + "/enrolment-tokens")), "tokens");
    var page = done(ada.get(V1 + "/enrolment-tokens?size=3"));
    var next = Described.text(Described.member(page, "next"));
    var rest = rows(done(ada.get(V1 + "/enrolment-tokens?page_after=" + next)), "tokens");
    assertEquals(all.subList(3, 5), rest);
    assertEquals(new Json.Int(5), page.get("total"));
    var gone = Cursor.written(List.of("nothing"));
    assertEquals(400, ada.get(V1 + "/enrolment-tokens?page_after=" + gone).statusCode());
  }

  @Test
  void a_webhook_is_inside_only_where_the_settings_say_so() throws Exception {
    var inside = Json.object().put("name", "siem").put("url", "http://169.254.169.254/latest");
    assertEquals(422, ada.send("POST", V1 + "/webhooks", inside.build()).statusCode());
    var asked =
        Json.object().put("url", "https://127.0.0.1:9/secret-path").put("name", "chat").build();
    var made = ada.send("POST", V1 + "/webhooks", asked);
    var secret = Described.text(Described.member(done(made), "secret"));
    var listed = ada.get(V1 + "/webhooks").body();
    assertFalse(listed.contains("secret-path") || listed.contains(secret), listed);
    office.clock.move(java.time.Duration.ofMinutes(11));
    assertEquals(403, ada.send("POST", V1 + "/webhooks", asked).statusCode());
  }
}
