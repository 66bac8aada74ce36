package dev.interdict.server.exemptions;

import static dev.interdict.server.exemptions.Company.MANAGER;
import static dev.interdict.server.exemptions.Company.OTHER;
import static dev.interdict.server.exemptions.Company.RULE;
import static dev.interdict.server.exemptions.Company.SECURITY;
import static dev.interdict.server.exemptions.Company.about;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.offline.Challenge;
import dev.interdict.offline.CodeDocument;
import dev.interdict.offline.CodeKey;
import dev.interdict.offline.OneTimeCode;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.server.audit.Verification;
import dev.interdict.server.exemptions.CodeDesk.Call;
import dev.interdict.server.exemptions.CodeDesk.Outcome;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeDeskIT {
  private static final int NONCE = 7_654_321;
  private static final Decider NOBODY = new Decider("gao.lu", Set.of());

  @TempDir private Path folder;
  private final CodeKey key = CodeKey.generate();
  private Company company;
  private SimulatedDevice device;

  @BeforeEach
  void open() throws Exception {
    company = new Company(folder);
    device = company.device("ws-1");
    tell(key);
  }

  @AfterEach
  void close() {
    company.close();
  }

  private void tell(CodeKey told) {
    company.fleet.database.write(connection -> {
      IssuedCodes.tell(connection, told, company.fleet.clock.instant());
      return told;
    });
    company.published();
  }

  private Challenge challenge(int nonce) {
    return Challenge.of(device.id(), RULE, nonce);
  }

  private Outcome call(Decider by, int nonce, int days, @Nullable String alone) {
    var desk = new CodeDesk(company.fleet.database, company.decisions(), key);
    var call = new Call(challenge(nonce), Duration.ofDays(days), "at a customer's site", alone);
    return desk.answer(by, about(device), company.seen(device), call);
  }

  private Outcome.Given given(Outcome outcome) {
    return assertInstanceOf(Outcome.Given.class, outcome);
  }

  private static String why(Outcome outcome) {
    return assertInstanceOf(Outcome.NotGiven.class, outcome).why().reason();
  }

  private boolean isTaken(OneTimeCode code, int nonce) {
    return device.secret(key.publicKey()).proves(code, device.id(), RULE, nonce);
  }

  private IssuedCode issued(ExemptionCase one) {
    return new IssuedCodes(company.fleet.database).of(one).getFirst();
  }

  private CodeDocument told() throws Exception {
    var document = new IssuedCodes(company.fleet.database).document();
    assertNotNull(document);
    var file = company.folder.resolve("repository");
    try (var all = Files.walk(file)) {
      // What devices can fetch is what the database says.
      assertTrue(
          all.filter(one -> one.getFileName().toString().endsWith("codes.json"))
              .anyMatch(one -> java.util.Arrays.equals(document.write(), bytes(one))));
    }
    return document;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void two_people_answer_one_challenge_and_the_device_takes_their_code() throws Exception {
    var begun = assertInstanceOf(Outcome.Begun.class, call(MANAGER, NONCE, 3, null));
    assertEquals(CaseState.CONFIRMED, begun.one().state());
    var given = given(call(SECURITY, NONCE, 3, null));
    assertTrue(isTaken(OneTimeCode.read(given.code().text()), NONCE));
    assertEquals(
        OneTimeCode.whole(company.fleet.clock.instant().plus(Duration.ofDays(3))), given.until());
    assertEquals(given.until(), given.one().until());
    assertEquals(List.of(given.one()), company.cases.granted());
    company.published();
    assertEquals(given.until(), company.believed(device).granted().getFirst().until());
    assertEquals(
        List.of(
            "zhao.min exemption.confirm EX-0001",
            "li.na exemption.grant EX-0001",
            "li.na exemption.code EX-0001"),
        company.audited().stream().filter(line -> line.contains("EX-")).toList());
    assertInstanceOf(Verification.Intact.class, company.fleet.audit.verify());
  }

  @Test
  void one_person_gives_no_code_twice_over() {
    call(SECURITY, NONCE, 3, null);
    assertTrue(why(call(SECURITY, NONCE, 3, null)).contains("somebody else"));
    assertEquals(List.of(), company.cases.granted());
  }

  @Test
  void whoever_has_no_role_gives_none() {
    assertTrue(why(call(NOBODY, NONCE, 1, null)).contains("role helpdesk or approver"));
    company.granted(device);
    assertTrue(why(call(NOBODY, NONCE, 1, null)).contains("role helpdesk or approver"));
  }

  @Test
  void a_granted_case_is_carried_by_the_helpdesk_alone_and_not_beyond_a_week() {
    var granted = company.granted(device);
    var given = given(call(MANAGER, NONCE, 7, null));
    assertEquals(granted, given.one());
    assertTrue(isTaken(given.code(), NONCE));
    assertEquals(
        OneTimeCode.whole(company.fleet.clock.instant().plus(Duration.ofDays(7))), given.until());
    assertTrue(why(call(MANAGER, NONCE + 1, 8, null)).contains("7 days at most"));
    company.fleet.clock.move(
        Duration.between(company.fleet.clock.instant(), Company.UNTIL.minus(Duration.ofHours(30))));
    assertEquals(Company.UNTIL, given(call(MANAGER, NONCE + 2, 7, null)).until());
    company.fleet.clock.move(Duration.ofHours(29).plusMinutes(59));
    assertEquals(Company.UNTIL, given(call(MANAGER, NONCE + 3, 7, null)).until());
  }

  @Test
  void a_challenge_is_answered_once() {
    company.granted(device);
    given(call(MANAGER, NONCE, 1, null));
    assertTrue(why(call(OTHER, NONCE, 7, null)).contains("already"));
  }

  @Test
  void in_an_emergency_one_person_gives_a_day_and_it_is_written_down() {
    assertTrue(why(call(SECURITY, NONCE, 2, "the plane leaves now")).contains("1 day at most"));
    assertTrue(why(call(MANAGER, NONCE, 1, "the plane leaves now")).contains("second step"));
    assertEquals(0, new CaseList(company.fleet.database).count(CaseList.ALL));
    var given = given(call(SECURITY, NONCE, 1, "the plane leaves now"));
    assertTrue(isTaken(given.code(), NONCE));
    assertTrue(
        company.fleet.audit.newest(Long.MAX_VALUE, 10).stream()
            .anyMatch(entry -> entry.action().equals("break-glass")));
  }

  @Test
  void the_limits_of_exemptions_hold() {
    company.limits = Company.limits(Duration.ofDays(2), 1);
    assertTrue(why(call(MANAGER, NONCE, 3, null)).contains("PT48H"));
    var other = company.device("ws-2");
    company.limits = Company.limits(Duration.ofDays(30), 1);
    company.granted(other);
    assertTrue(why(call(MANAGER, NONCE, 3, null)).contains("limit is 1"));
  }

  @Test
  void a_workstation_that_is_none_of_the_fleet_or_may_be_two_gets_none() {
    company.granted(device);
    set("cloned_at = " + company.fleet.clock.instant().toEpochMilli());
    assertTrue(why(call(MANAGER, NONCE, 1, null)).contains("two machines"));
    company.fleet.clock.move(Duration.ofDays(8));
    given(call(MANAGER, NONCE, 1, null));
    set("standing = 'retired'");
    assertTrue(why(call(MANAGER, NONCE + 1, 1, null)).contains("retired"));
  }

  private void set(String what) {
    company.fleet.database.write(connection ->
        Sql.update(
            connection, "update device set " + what + " where device_id = ?", device.id().value()));
  }

  @Test
  void the_report_says_that_a_code_was_used() {
    company.granted(device);
    var given = given(call(MANAGER, NONCE, 2, null));
    assertNull(issued(given.one()).used());
    var at = Instant.parse("2026-07-01T09:30:00Z");
    var name = Challenge.name(NONCE);
    company.reports(
        device,
        RULE.value(),
        List.of(new ReportedAnswer(name, "exemption-code", at, given.until(), null, null, null)));
    assertEquals(at, issued(given.one()).used());
    // A device's word about a code that nobody gave is nothing.
    company.reports(
        device,
        RULE.value(),
        List.of(new ReportedAnswer("C-000000", "exemption-code", at, null, null, null, null)));
    assertEquals(1, new IssuedCodes(company.fleet.database).of(given.one()).size());
  }

  @Test
  void what_is_ended_early_is_told_to_devices_until_the_code_ends_by_itself() throws Exception {
    company.granted(device);
    var given = given(call(MANAGER, NONCE, 3, null));
    company.published();
    assertEquals(Set.of(), told().ended());
    Company.done(company.decisions().end(SECURITY, about(device), company.seen(device), "moved"));
    company.published();
    var mark = CodeDocument.mark(device.id(), Challenge.name(NONCE));
    assertEquals(Set.of(mark), told().ended());
    assertEquals(List.of(), company.believed(device).granted());
    company.fleet.clock.move(Duration.between(company.fleet.clock.instant(), given.until()));
    company.upkeep().run();
    assertEquals(Set.of(), told().ended());
  }

  @Test
  void a_code_that_nobody_used_ends_by_itself() {
    call(MANAGER, NONCE, 1, null);
    var given = given(call(SECURITY, NONCE, 1, null));
    company.fleet.clock.move(Duration.ofDays(1));
    company.upkeep().run();
    assertEquals(List.of(), company.cases.granted());
    assertEquals(CaseState.ENDED, company.cases.of(about(device)).getFirst().state());
    assertNull(issued(given.one()).used());
  }

  @Test
  void a_challenge_finds_its_workstation_and_rule() {
    company.device("ws-2");
    var found = CodeDesk.devices(company.fleet.database, challenge(NONCE));
    assertEquals(List.of("ws-1"), found.stream().map(Cases.Named::host).toList());
    assertEquals(List.of(RULE), CodeDesk.rules(Set.of(RULE), challenge(NONCE)));
  }

  @Test
  void no_table_holds_the_code_or_what_it_is_made_with() throws Exception {
    company.granted(device);
    var given = given(call(MANAGER, NONCE, 1, null));
    var secret = java.util.HexFormat.of().formatHex(key.key().getEncoded());
    var rows =
        company.fleet.database.read(handle ->
            handle.createQuery("select * from exemption_code").mapToMap().list().toString()
                + handle.createQuery("select * from code_key").mapToMap().list()
                + handle.createQuery("select * from audit").mapToMap().list());
    assertFalse(rows.contains(given.code().text()) || rows.contains(secret), rows);
  }
}
