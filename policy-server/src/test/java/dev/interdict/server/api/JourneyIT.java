package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.offline.Challenge;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.TotpApp;
import dev.interdict.server.draft.RuleFields;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.web.Words;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A company's work over the API alone: each operation does what it says at least once, for
/// somebody whose role it is, and answers as it is described.
class JourneyIT {
  private static final String END = "2026-07-09T00:00:00Z";
  private static final String V1 = "/api/v1";

  @TempDir Path folder;
  private TestingOffice office;
  private Described described;
  private final TreeSet<String> done = new TreeSet<>();
  private Client anna;
  private Client bo;
  private Client chen;
  private Client ada;
  private Client audrey;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("anna", Role.AUTHOR);
    office.person("bo", Role.APPROVER);
    office.person("chen", Role.APPROVER, Role.HELPDESK);
    office.person("ada", Role.ADMINISTRATOR);
    office.person("audrey", Role.AUDITOR);
    anna = Client.of(office, "anna");
    bo = Client.of(office, "bo");
    chen = Client.of(office, "chen");
    ada = Client.of(office, "ada");
    audrey = Client.of(office, "audrey");
    described = new Described(anna.get(V1 + "/openapi.json").body());
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private HttpResponse<String> did(String id, HttpResponse<String> answer) {
    assertEquals(2, answer.statusCode() / 100, () -> id + ": " + answer.body());
    described.holds(described.operation(id), answer);
    done.add(id);
    return answer;
  }

  private HttpResponse<String> read(Client client, String id, String path) throws Exception {
    return did(id, client.get(V1 + path));
  }

  private HttpResponse<String> change(Client client, String id, String path, Json.Builder body)
      throws Exception {
    return did(id, client.send("POST", V1 + path, body.build()));
  }

  /// Changes what stands at `path` as it is now.
  private HttpResponse<String> changeSeen(
      Client client, String id, String path, String verb, Json.Builder body) throws Exception {
    var tag = client.get(V1 + path).headers().firstValue("ETag").orElseThrow();
    return did(id, client.send("POST", V1 + path + verb, body.build(), "If-Match", tag));
  }

  private void bare(Client client, String id, String path, String verb) throws Exception {
    var tag = client.get(V1 + path).headers().firstValue("ETag").orElseThrow();
    did(id, client.plain("POST", V1 + path + verb, "If-Match", tag));
  }

  private static Json.Builder json() {
    return Json.object();
  }

  private static Json reason() {
    return new Json.Text("as the test wants it");
  }

  @Test
  void everything_that_is_described_is_done_once() throws Exception {
    session();
    rule();
    fleet();
    exemption();
    queue();
    webhooks();
    outlets();
    views();
    schedules();
    administration();
    reading();
    var all = new TreeSet<String>();
    described.operations().forEach(one -> all.add(one.id()));
    all.removeAll(done);
    assertEquals(List.of(), List.copyOf(all), "described, and never done");
    var unnamed = new TreeSet<String>();
    for (var action : office.actions()) {
      if (!Words.in(Language.ZH_CN).keys().contains("did." + action)) {
        unnamed.add(action);
      }
    }
    for (var detail : office.details()) {
      for (var member : Described.read(detail).members().keySet()) {
        if (!Words.in(Language.ZH_CN).keys().contains("detail." + member)) {
          unnamed.add(member);
        }
      }
    }
    assertEquals(Set.of(), unnamed, "the log has it, and pages have no words for it");
  }

  private void session() throws Exception {
    office.person("tina", Role.VIEWER);
    var given = json().put("name", "tina").put("password", TestingOffice.PASSWORD);
    change(Client.nobody(office), "signIn", "/session", given);
    var tina = Client.of(office, "tina");
    read(tina, "getSession", "/session");
    read(tina, "listMySessions", "/me/sessions");
    did("endMySessions", tina.plain("POST", V1 + "/me/sessions/end"));
    read(tina, "listMyDevices", "/me/devices");
    var begun = Described.read(did("enrolTotp", tina.plain("POST", V1 + "/session/totp")).body());
    var secret = Described.text(Described.member(begun, "secret"));
    var code = TotpApp.code(secret, office.clock.instant());
    change(tina, "confirmTotp", "/session/totp/confirm", json().put("code", code));
    office.clock.move(Duration.ofSeconds(30));
    var next = TotpApp.code(secret, office.clock.instant());
    change(tina, "proveSession", "/session/prove", json().put("code", next));
    commandLine();
    var other = Client.of(office, "audrey");
    did("endSession", other.plain("POST", V1 + "/session/end"));
  }

  private void commandLine() throws Exception {
    var nobody = Client.nobody(office);
    var client = json().put("client", "interdict of ws-1");
    var begun = Described.read(change(nobody, "beginCommandLine", "/command-lines", client).body());
    var code = Described.text(Described.member(begun, "code"));
    var signedIn =
        (LoginOutcome.SignedIn)
            office
                .parts()
                .sessions()
                .signIn("audrey", TestingOffice.PASSWORD, null, "127.0.0.1", null);
    assertTrue(office.parts().commandLines().decide(signedIn.session(), code, true));
    var secret = json().put("secret", Described.member(begun, "secret"));
    change(nobody, "redeemCommandLine", "/command-lines/session", secret);
  }

  @Test
  void who_has_long_given_no_password_neither_publishes_nor_exports() throws Exception {
    office.clock.move(Duration.ofMinutes(11));
    for (var path : List.of("/exports/devices", "/exports/findings")) {
      var answer = anna.get(V1 + path);
      assertEquals(403, answer.statusCode());
      assertTrue(answer.body().contains("step-up"), answer.body());
    }
    change(anna, "proveSession", "/session/prove", json().put("password", TestingOffice.PASSWORD));
  }

  @Test
  void nobody_is_two_people_by_a_program_of_their_own() throws Exception {
    var secret =
        office
            .parts()
            .apiTokens()
            .create(
                "bo",
                "bo",
                "robot",
                Set.of(Role.AUTHOR, Role.HELPDESK),
                Scope.WHOLE,
                Duration.ofDays(1));
    var robot = Client.program(office, String.valueOf(secret));
    change(robot, "createDraft", "/drafts", json().put("content", Bureau.RULE));
    bare(robot, "observeDraft", "/drafts/1", "/observe");
    did("previewDraft", robot.plain("POST", V1 + "/drafts/1/preview"));
    changeSeen(robot, "submitDraft", "/drafts/1", "/submit", json());
    var draft = bo.get(V1 + "/drafts/1");
    var sha256 = json().put("sha256", Described.read(draft.body()).get("sha256")).build();
    var tag = draft.headers().firstValue("ETag").orElseThrow();
    var own = bo.send("POST", V1 + "/drafts/1/approve", sha256, "If-Match", tag);
    assertEquals(422, own.statusCode(), own.body());
    did("approveDraft", chen.send("POST", V1 + "/drafts/1/approve", sha256, "If-Match", tag));
    bare(robot, "publishDraft", "/drafts/1", "/publish");

    var device = office.device("ws-1", "R&D");
    office.reports(device, "some-tool", RuleState.PRESENT);
    var path = "/devices/" + device.id() + "/exemptions/some-tool";
    var until = json().put("reason", reason()).put("until", "2026-07-09T00:00:00Z");
    changeSeen(robot, "grantExemption", path, "/grant", until);
    var seen = bo.get(V1 + path).headers().firstValue("ETag").orElseThrow();
    var granted = bo.send("POST", V1 + path + "/grant", until.build(), "If-Match", seen);
    assertEquals(422, granted.statusCode(), granted.body());
  }

  /// What the fields show is written back by them, with another name.
  private void fields(String path) throws Exception {
    var draft = anna.get(V1 + path);
    var content =
        Objects.requireNonNull(((Json.Text) Described.read(draft.body()).get("content"))).value();
    var read =
        (YamlFile.Reading.Read) YamlFile.read("draft", content.getBytes(StandardCharsets.UTF_8));
    var fields = new LinkedHashMap<>(RuleFields.of((Json.Obj) read.file().json()).members());
    fields.put("name", new Json.Text("Some tool"));
    var tag = draft.headers().firstValue("ETag").orElseThrow();
    did(
        "editDraftFields",
        anna.send("PUT", V1 + path + "/fields", new Json.Obj(fields), "If-Match", tag));
  }

  private void rule() throws Exception {
    var content = json().put("content", Bureau.RULE);
    var created = change(anna, "createDraft", "/drafts", content);
    assertEquals(V1 + "/drafts/1", created.headers().firstValue("Location").orElseThrow());
    bare(anna, "observeDraft", "/drafts/1", "/observe");
    did("previewDraft", anna.plain("POST", V1 + "/drafts/1/preview"));
    changeSeen(anna, "submitDraft", "/drafts/1", "/submit", json());
    read(bo, "listReviews", "/reviews");
    changeSeen(bo, "rejectDraft", "/drafts/1", "/reject", json().put("comment", reason()));
    var tag = anna.get(V1 + "/drafts/1").headers().firstValue("ETag").orElseThrow();
    did(
        "editDraft",
        anna.send(
            "PUT",
            V1 + "/drafts/1",
            json().put("content", Bureau.RULE.replace("sends data out", "sends data")).build(),
            "If-Match",
            tag));
    fields("/drafts/1");
    did("previewDraft", anna.plain("POST", V1 + "/drafts/1/preview"));
    changeSeen(anna, "submitDraft", "/drafts/1", "/submit", json().put("note", reason()));
    var draft = Described.read(read(bo, "getDraft", "/drafts/1").body());
    var sha256 = json().put("sha256", draft.get("sha256"));
    changeSeen(bo, "approveDraft", "/drafts/1", "/approve", sha256);
    bare(anna, "handOutDraft", "/drafts/1", "/hand-out");
    var unsigned = read(anna, "getSigningDraft", "/drafts/1/signing-draft").body();
    var carried = json().put("file", office.signed(unsigned));
    change(anna, "checkSignedDraft", "/signed-drafts/check", carried);
    change(anna, "publishSignedList", "/signed-drafts/publish-list", carried);
    change(anna, "checkDraft", "/drafts/check", json().put("content", Bureau.RULE));
    change(anna, "createDraft", "/drafts", json().put("catalogue", "cursor"));
    changeSeen(anna, "discardDraft", "/drafts/2", "/discard", json().put("reason", reason()));
    change(anna, "createDraft", "/drafts", json().put("rule", "some-tool"));
    bare(anna, "publishDraft", "/drafts/3", "/publish");
    read(anna, "listDrafts", "/drafts?closed=true");
    var renewal = read(ada, "getSigningRenewal", "/signing-renewal?role=targets").body();
    change(
        ada,
        "publishSignedKeys",
        "/signed-drafts/publish-keys",
        json().put("file", office.signed(renewal)));
    var again = read(ada, "getSigningRenewal", "/signing-renewal?role=root").body();
    change(
        ada,
        "withdrawSignedDraft",
        "/signed-drafts/withdraw",
        json().put("file", office.signed(again)).put("reason", reason()));
    assertTrue(read(anna, "listCatalogue", "/catalogue").body().contains("claude-code"));
    read(anna, "listPolicies", "/policies");
    read(anna, "getPolicy", "/policies/1");
    read(anna, "getPolicyBundle", "/policies/1/bundle");
    read(anna, "listKeys", "/keys");
    read(anna, "listRuleVersions", "/rules/some-tool/versions");
    read(anna, "listPreviews", "/previews?draft=1");
    read(anna, "getPreview", "/previews/1");
    var release = read(anna, "describePolicy", "/policies/1/description").body();
    assertTrue(release.contains("\"change\":\"added\""), release);
    assertFalse(release.contains("\"signed-by\":[]"), release);
    var some = Json.texts(List.of("some-tool"));
    change(chen, "pause", "/holds/pause", json().put("rules", some).put("reason", reason()));
    assertTrue(read(anna, "getHold", "/holds").body().contains("some-tool"));
    var letGo = json().put("rules", some);
    change(anna, "proposeResume", "/holds/propose", letGo);
    change(bo, "agreeProposal", "/proposals/1/agree", json().put("note", reason()));
    change(anna, "resume", "/holds/resume", letGo);
    assertTrue(read(anna, "listProposals", "/proposals").body().contains("used"));
    change(chen, "pause", "/holds/pause", json().put("rules", some).put("reason", reason()));
    change(anna, "proposeResume", "/holds/propose", letGo);
    change(bo, "refuseProposal", "/proposals/2/refuse", json().put("note", reason()));
    read(anna, "listTrips", "/breaker");
    var entry =
        json()
            .put("name", "Some Tool")
            .put("risk", "high")
            .put("summary", "It sends data out.")
            .put("evidence", Json.texts(List.of("https://example.com/")))
            .put("reviewers", Json.texts(List.of("anna")))
            .put("review", "2027-01-01")
            .put("owner", "Endpoint team")
            .put("contact", "endpoint@example.com");
    did("putRisk", anna.send("PUT", V1 + "/risks/some-tool", entry.build(), "If-Match", "\"0\""));
    read(anna, "getRisk", "/risks/some-tool");
    read(anna, "listRisks", "/risks");
  }

  private void rings(String device) throws Exception {
    var late = json().put("place", 5).put("description", "last of all");
    for (var ring : List.of("late", "everyone")) {
      did("putRing", anna.send("PUT", V1 + "/rings/" + ring, late.build(), "If-Match", "\"0\""));
    }
    read(anna, "getRing", "/rings/late");
    var one = json().put("devices", Json.texts(List.of(device)));
    change(anna, "moveToRing", "/rings/late/move", one);
    var bound = json().put("place", 5).put("description", "last of all").put("failures", 5);
    did("putRing", anna.send("PUT", V1 + "/rings/late", bound.build(), "If-Match", "\"1\""));
    change(anna, "proposeRing", "/rings/late/propose-description", late);
    var first = json().put("place", 1).put("description", "before all");
    did("putRing", anna.send("PUT", V1 + "/rings/first", first.build(), "If-Match", "\"0\""));
    change(anna, "proposeMoveToRing", "/rings/first/propose", one);
    changeSeen(anna, "removeRing", "/rings/first", "/remove", json());
  }

  private void fleet() throws Exception {
    var token =
        json()
            .put("department", "R&D")
            .put("days", 3)
            .put("uses", 5)
            .put("tags", Json.texts(List.of("pilot")));
    var created =
        Described.read(change(ada, "createEnrolmentToken", "/enrolment-tokens", token).body());
    read(ada, "listEnrolmentTokens", "/enrolment-tokens");
    var id = Described.text(Described.member((Json.Obj) Described.member(created, "token"), "id"));
    did("revokeEnrolmentToken", ada.plain("POST", V1 + "/enrolment-tokens/" + id + "/revoke"));
    var first = office.device("ws-wait-1", "R&D", true).id().value();
    var second = office.device("ws-wait-2", "R&D", true).id().value();
    read(ada, "listAdmissions", "/admissions");
    change(ada, "approveAdmission", "/admissions/" + first + "/approve", json());
    var because = json().put("reason", reason());
    change(ada, "refuseAdmission", "/admissions/" + second + "/refuse", because);
    change(ada, "retireDevice", "/devices/" + first + "/retire", because);
    change(ada, "returnDevice", "/devices/" + first + "/return", because);
    var devices = json().put("devices", Json.texts(List.of(first)));
    change(ada, "rescanDevices", "/fleet/rescan", devices);
    change(ada, "retireDevices", "/fleet/retire", devices.put("reason", reason()));
    change(ada, "eraseDevice", "/devices/" + first + "/erase", because);
    read(anna, "getFleet", "/fleet");
    var list = json().put("list", "serial,hostname\nS-1,ws-1\nS-2,ws-2\n");
    change(ada, "planFleet", "/fleet/plan", list);
    change(ada, "importFleet", "/fleet/import", list);
    retirement();
  }

  private void retirement() throws Exception {
    var names = new ArrayList<String>();
    var list = new StringBuilder("serial,department\n");
    for (var i = 0; i < 301; i++) {
      names.add("D-" + i);
      list.append("D-").append(i).append(",Depot\n");
    }
    change(ada, "importFleet", "/fleet/import", json().put("list", list.toString()));
    var many = json().put("devices", Json.texts(names)).put("reason", reason());
    var alone = ada.send("POST", V1 + "/fleet/retire", many.build());
    assertEquals(422, alone.statusCode(), alone::body);
    assertTrue(alone.body().contains("need a second person"), alone.body());
    var answer = change(ada, "proposeRetirement", "/fleet/retire/propose", many);
    var number = (Json.Int) Described.member(Described.read(answer.body()), "proposal");
    var proposal = "/proposals/" + number.value();
    assertTrue(read(bo, "getProposal", proposal).body().contains("Depot"));
    var early = ada.plain("POST", V1 + proposal + "/retire");
    assertTrue(early.body().contains("nobody agreed"), early.body());
    change(bo, "agreeProposal", proposal + "/agree", json());
    did("retireAsAgreed", ada.plain("POST", V1 + proposal + "/retire"));
  }

  private void administration() throws Exception {
    var looks = json().put("name", "vera").put("roles", Json.texts(List.of("viewer")));
    change(ada, "createAccount", "/accounts", looks);
    read(audrey, "listAccounts", "/accounts");
    var roles = json().put("roles", Json.texts(List.of("auditor")));
    change(ada, "grantAccount", "/accounts/vera/grant", roles);
    did("disableAccount", ada.plain("POST", V1 + "/accounts/vera/disable"));
    did("enableAccount", ada.plain("POST", V1 + "/accounts/vera/enable"));
    var tokens = office.parts().apiTokens();
    tokens.create("ada", "ada", "board", Set.of(Role.VIEWER), Scope.WHOLE, Duration.ofDays(1));
    read(audrey, "listApiTokens", "/api-tokens");
    did("revokeApiToken", ada.plain("POST", V1 + "/api-tokens/board/revoke"));
    read(ada, "getServer", "/server");
    read(ada, "getDirectory", "/directory");
  }

  private void exemption() throws Exception {
    var device = office.device("ws-1", "R&D");
    var asks =
        new ReportedAnswer(
            "a1",
            "exemption-request",
            office.clock.instant(),
            Instant.parse("2026-07-20T00:00:00Z"),
            null,
            "the move is not done",
            null);
    office.reports(device, "some-tool", RuleState.PRESENT, asks);
    read(chen, "listExemptionRequests", "/exemptions/requests");
    var path = "/devices/" + device.id() + "/exemptions/some-tool";
    read(anna, "getExemptions", path);
    var because = json().put("reason", reason());
    changeSeen(chen, "grantExemption", path, "/grant", because);
    changeSeen(bo, "grantExemption", path, "/grant", because);
    read(anna, "listExemptions", "/exemptions?state=granted");
    changeSeen(chen, "endExemption", path, "/end", because);
    var until = json().put("reason", reason()).put("until", END);
    changeSeen(chen, "grantExemption", path, "/grant", until);
    var contact = json().put("reason", reason()).put("contact", "security@example.com");
    changeSeen(chen, "refuseExemption", path, "/refuse", contact);
    read(anna, "listDeviceExemptions", "/devices/" + device.id() + "/exemptions");
    several(device.id().value());
    office.codeKey();
    var challenge = Challenge.of(device.id(), new RuleId("some-tool"), 1).text();
    var call = json().put("challenge", challenge).put("days", 2).put("reason", reason());
    var codes = "/devices/" + device.id() + "/exemption-codes";
    var begun = change(chen, "answerChallenge", codes, call).body();
    assertFalse(begun.contains("\"code\""), begun);
    var given = Described.read(change(bo, "answerChallenge", codes, call).body());
    assertFalse(Described.text(Described.member(given, "code")).isEmpty());
  }

  /// What an employee asks here for their own, once the rule is announced.
  private void own() throws Exception {
    office.clock.move(Duration.ofDays(3));
    office.person("olga", Role.VIEWER);
    var olga = Client.of(office, "olga");
    var mine = office.device("ws-olga", "R&D");
    office.reports(mine, "some-tool", RuleState.PRESENT);
    var device = mine.id().value();
    var path = "/me/devices/" + device + "/exemptions/some-tool/request";
    var wanted = json().put("until", "2026-07-20").put("reason", reason());
    assertEquals(404, olga.send("POST", V1 + path, wanted.build()).statusCode());
    office.belongs(device, "olga");
    var sent = change(olga, "requestMyExemption", path, wanted).body();
    assertTrue(sent.contains("\"already\":false"), sent);
    var again = change(olga, "requestMyExemption", path, wanted).body();
    assertEquals(sent.replace("false", "true"), again);
    var all = read(olga, "listMyRequests", "/me/requests").body();
    assertTrue(all.contains(device) && all.contains("\"last-day\""), all);
    office.clock.move(Duration.ofDays(-3));
    anna = Client.of(office, "anna");
  }

  /// Each step for several, of which one is there and one is not.
  private void several(String device) throws Exception {
    undone(change(chen, "grantExemptions", "/exemptions/grant", two(device).put("until", END)));
    undone(change(bo, "grantExemptions", "/exemptions/grant", two(device)));
    var of = "/exemptions/standing?of=" + device + ":some-tool&of=" + "0".repeat(32) + ":some-tool";
    assertTrue(read(anna, "listStandingExemptions", of).body().contains("\"holding\":"));
    undone(change(chen, "endExemptions", "/exemptions/end", two(device)));
    undone(change(chen, "grantExemptions", "/exemptions/grant", two(device).put("until", END)));
    var contact = two(device).put("contact", "security@example.com");
    undone(change(bo, "refuseExemptions", "/exemptions/refuse", contact));
  }

  private Json.Builder two(String device) throws Exception {
    var path = V1 + "/devices/" + device + "/exemptions/some-tool";
    var seen = Described.text(Described.member(Described.read(anna.get(path).body()), "seen"));
    var one = json().put("device", device).put("rule", "some-tool").put("seen", seen).build();
    var none = json().put("device", "nobody").put("rule", "some-tool").put("seen", seen).build();
    return json().put("reason", reason()).put("cases", List.of(one, none));
  }

  private static void undone(HttpResponse<String> answer) {
    var body = answer.body();
    assertTrue(body.contains("no device nobody is enrolled"), body);
    assertFalse(body.contains("\"done\":[]"), body);
  }

  private void queue() throws Exception {
    var device = office.device("ws-2", "Data");
    office.reports(device, "some-tool", RuleState.FAILED);
    var path = "/queue-items/" + device.id() + "/some-tool";
    read(anna, "listQueueItems", "/queue-items");
    read(anna, "getQueueItem", path);
    var text = json().put("text", reason());
    change(chen, "assignQueueItem", path + "/assign", json().put("owner", "chen"));
    change(chen, "linkQueueItem", path + "/link", json().put("ticket", "IT-7"));
    change(chen, "commentQueueItem", path + "/comment", text);
    change(chen, "resolveQueueItem", path + "/resolve", text);
    change(chen, "reopenQueueItem", path + "/reopen", text);
  }

  private void webhooks() throws Exception {
    var asked =
        json()
            .put("name", "siem")
            .put("url", "http://127.0.0.1:9/hook")
            .put("events", Json.texts(List.of("removal.failed")));
    var made = Described.read(change(ada, "createWebhook", "/webhooks", asked).body());
    var id = Described.text(Described.member((Json.Obj) Described.member(made, "webhook"), "id"));
    read(ada, "listWebhooks", "/webhooks");
    read(ada, "listDeliveries", "/webhooks/" + id + "/deliveries");
    var path = "/webhooks/" + id;
    var tried = did("testWebhook", ada.plain("POST", V1 + path + "/test")).body();
    assertTrue(tried.contains("\"taken\":false"), tried);
    change(ada, "replayWebhook", path + "/replay", json().put("since", "2026-07-01T00:00:00Z"));
    did("removeWebhook", ada.plain("POST", V1 + path + "/remove"));
    assertEquals(404, ada.plain("POST", V1 + path + "/remove").statusCode());
  }

  private void outlets() throws Exception {
    var mailed =
        change(ada, "testMail", "/mail/test", json().put("to", "zhao.lei@example.com")).body();
    assertTrue(mailed.contains("\"taken\":false"), mailed);
    assertTrue(mailed.contains("127.0.0.1, 9"), mailed);
    assertEquals(
        422,
        ada.send("POST", V1 + "/mail/test", json().put("to", "a@b, c@d").build()).statusCode());
    var logged = did("testSyslog", ada.plain("POST", V1 + "/syslog/test")).body();
    assertTrue(logged.contains("\"taken\":false"), logged);
  }

  private void views() throws Exception {
    var asked = json().put("name", "Mine").put("address", "/devices?rule=some-tool&state=present");
    var id =
        Described.text(
            Described.member(
                Described.read(change(anna, "saveView", "/views", asked).body()), "view"));
    assertTrue(read(anna, "listViews", "/views").body().contains("\"Mine\""));
    assertFalse(read(bo, "listViews", "/views").body().contains("\"Mine\""));
    var path = "/views/" + id;
    change(anna, "renameView", path + "/rename", json().put("name", "Ours"));
    did("removeView", anna.plain("POST", V1 + path + "/remove"));
    assertEquals(404, anna.plain("POST", V1 + path + "/remove").statusCode());
  }

  private void schedules() throws Exception {
    var asked =
        json()
            .put("rule", "some-tool")
            .put("every", "week")
            .put("on", 5)
            .put("hour", 9)
            .put("zone", "Asia/Shanghai")
            .put("to", Json.texts(List.of("cio@example.com")));
    var made = Described.read(change(ada, "scheduleReport", "/report-schedules", asked).body());
    assertEquals("2026-07-03T01:00:00Z", Described.text(Described.member(made, "next")));
    read(ada, "listReportSchedules", "/report-schedules");
    var path =
        "/report-schedules/" + Described.text(Described.member(made, "schedule")) + "/remove";
    did("unscheduleReport", ada.plain("POST", V1 + path));
    assertEquals(404, ada.plain("POST", V1 + path).statusCode());
  }

  private void reading() throws Exception {
    office.clock.move(Duration.ofMinutes(1));
    var device = office.device("ws-3", "Data");
    office.reports(device, "some-tool", RuleState.PRESENT);
    read(anna, "getMe", "/me");
    read(anna, "getOpenApi", "/openapi.json");
    read(anna, "listRules", "/rules");
    read(anna, "listPublishedRules", "/published-rules?sort=-owner");
    read(anna, "getRule", "/rules/some-tool");
    read(anna, "getRuleDays", "/rules/some-tool/days");
    read(anna, "getBurndown", "/stats/burndown?rule=some-tool&from=2026-06-01");
    for (var by : List.of("dept", "os", "detector")) {
      read(anna, "getBreakdown", "/stats/breakdown?rule=some-tool&group=" + by);
    }
    read(anna, "listDevices", "/devices?rule=some-tool&state=present&state=failed");
    read(anna, "getDevice", "/devices/" + device.id());
    read(anna, "listDeviceFindings", "/devices/" + device.id() + "/findings");
    read(anna, "listDeviceActions", "/devices/" + device.id() + "/actions");
    read(anna, "listDeviceEvents", "/devices/" + device.id() + "/events");
    read(anna, "listFindings", "/findings?rule=some-tool");
    read(anna, "listSoftware", "/software");
    read(
        anna,
        "listSoftwareDevices",
        "/software/devices?detector=npm&identity=pkg%3Anpm%2Fsome-tool");
    var software = "/software/%s?identity=pkg%%3Anpm%%2Fsome-tool";
    change(anna, "reviewSoftware", software.formatted("review"), json().put("note", "Ours"));
    did("unreviewSoftware", anna.plain("POST", V1 + software.formatted("unreview")));
    read(anna, "listPeople", "/people?rule=some-tool");
    read(anna, "getRings", "/rings");
    read(anna, "getRuleRings", "/rules/some-tool/rings");
    read(anna, "getRuleOutlook", "/rules/some-tool/outlook");
    var rollout = read(anna, "getRollout", "/rollout").body();
    assertTrue(rollout.contains("\"reporting\":"), rollout);
    rings(device.id().value());
    read(audrey, "listEvents", "/events");
    read(audrey, "listAudit", "/audit");
    read(audrey, "verifyAudit", "/audit/verification");
    read(anna, "exportOverview", "/exports/overview?rule=some-tool&group=version");
    read(anna, "exportDevices", "/exports/devices");
    read(anna, "exportPublishedRules", "/exports/published-rules?owner=-");
    read(anna, "exportQueueItems", "/exports/queue-items");
    read(anna, "exportExemptions", "/exports/exemptions?state=any");
    read(anna, "exportPeople", "/exports/people?rule=some-tool");
    read(anna, "exportFindings", "/exports/findings?format=jsonl");
    read(anna, "exportFindings", "/exports/findings?format=ocsf");
    read(audrey, "exportEvents", "/exports/events?format=ocsf");
    read(audrey, "exportAudit", "/exports/audit?bom=true");
    did(
        "exportAuditPack",
        audrey.get(
            V1 + "/exports/audit-pack?rule=some-tool&from=2026-07-01&to=2026-07-01&lang=zh-CN"));
    own();
    did("withdrawRule", anna.plain("POST", V1 + "/rules/some-tool/withdraw"));
    assertTrue(anna.get(V1 + "/policies").body().contains("some-tool"));
  }

  @Test
  void pages_follow_one_another_and_hold_each_row_once() throws Exception {
    for (var i = 0; i < 7; i++) {
      var device = office.device("ws-" + i, "R&D");
      office.reports(device, "some-tool", i == 0 ? RuleState.FAILED : RuleState.PRESENT);
    }
    var lists =
        List.of("devices", "findings", "audit", "queue-items?state=open&state=closed", "drafts");
    for (var list : lists) {
      var name = list.replaceAll("\\?.*", "");
      var client = name.equals("audit") ? audrey : anna;
      var whole = client.get(V1 + "/" + list + (list.contains("?") ? "&" : "?") + "size=1000");
      var expected = rows(whole.body(), name);
      var seen = new ArrayList<Json>();
      String next = "";
      while (next != null) {
        var page =
            Described.read(
                client
                    .get(
                        V1
                            + "/"
                            + list
                            + (list.contains("?") ? "&" : "?")
                            + "size=3"
                            + (next.isEmpty() ? "" : "&page_after=" + next))
                    .body());
        assertEquals(new Json.Int(expected.size()), page.get("total"), list);
        seen.addAll(((Json.Arr) Described.member(page, name)).items());
        next = page.get("next") instanceof Json.Text(var word) ? word : null;
      }
      assertEquals(expected, seen, list);
    }
  }

  private static List<Json> rows(String body, String name) throws Exception {
    return ((Json.Arr) Described.member(Described.read(body), name)).items();
  }

  @Test
  void what_is_not_described_is_refused_with_its_name() throws Exception {
    for (var wrong :
        Stream.of(
                "/devices?stat=present",
                "/devices?size=-1",
                "/devices?size=1001",
                "/devices?size=1&size=2",
                "/devices?page_after=nonsense",
                "/devices?state=present",
                "/audit?from=yesterday",
                "/stats/breakdown?rule=x",
                "/stats/breakdown?rule=x&group=moon",
                "/drafts/0")
            .map(path -> V1 + path)
            .toList()) {
      var answer = (wrong.contains("audit") ? audrey : anna).get(wrong);
      assertEquals(400, answer.statusCode(), wrong);
      assertTrue(answer.body().contains("request-id"), answer.body());
    }
    var unknown = json().put("content", "x").put("contents", "y").build();
    var answer = anna.send("POST", V1 + "/drafts", unknown);
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("/contents"), answer.body());
    assertEquals(415, anna.plain("POST", V1 + "/drafts/check").statusCode());
  }

  @Test
  void a_change_names_the_version_that_was_seen() throws Exception {
    change(anna, "createDraft", "/drafts", json().put("content", Bureau.RULE));
    var body = json().put("content", "id: other").build();
    var without = anna.send("PUT", V1 + "/drafts/1", body);
    assertEquals(428, without.statusCode());
    var seen = anna.get(V1 + "/drafts/1").headers().firstValue("ETag").orElseThrow();
    assertEquals(200, anna.send("PUT", V1 + "/drafts/1", body, "If-Match", seen).statusCode());
    var late =
        anna.send(
            "PUT", V1 + "/drafts/1", json().put("content", "id: third").build(), "If-Match", seen);
    assertEquals(412, late.statusCode());
    assertTrue(anna.get(V1 + "/drafts/1").body().contains("id: other"));
  }

  @Test
  void nobody_agrees_to_their_own_draft() throws Exception {
    change(bo, "createDraft", "/drafts", json().put("content", Bureau.RULE));
    bare(bo, "observeDraft", "/drafts/1", "/observe");
    did("previewDraft", bo.plain("POST", V1 + "/drafts/1/preview"));
    changeSeen(bo, "submitDraft", "/drafts/1", "/submit", json());
    var draft = bo.get(V1 + "/drafts/1");
    var sha256 = json().put("sha256", Described.read(draft.body()).get("sha256")).build();
    var tag = draft.headers().firstValue("ETag").orElseThrow();
    var own = bo.send("POST", V1 + "/drafts/1/approve", sha256, "If-Match", tag);
    assertEquals(422, own.statusCode(), own.body());
    var published = bo.plain("POST", V1 + "/drafts/1/publish", "If-Match", tag);
    assertEquals(422, published.statusCode(), published.body());
    assertTrue(anna.get(V1 + "/policies").body().contains("\"total\":1"));
  }
}
