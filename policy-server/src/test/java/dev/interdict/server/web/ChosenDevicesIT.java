package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.expected.DeviceLists;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done to several devices of the list, without scripts.
class ChosenDevicesIT {
  private static final String CHOSEN = "/devices/chosen";
  private static final String EVERY_SYSTEM = "/devices?os=linux&os=macos&os=windows";
  private static final Pattern DEVICE = Pattern.compile("href=\"/devices/([0-9a-f]{32})\"");

  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;

  @BeforeEach
  void open() {
    company = new SampleCompany(folder).filled(40).published();
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
    console.as("ada", Role.ADMINISTRATOR);
  }

  @AfterEach
  void close() {
    console.close();
    company.close();
  }

  private List<String> listed(String path) {
    var found = new ArrayList<String>();
    var matcher = DEVICE.matcher(console.get(path).body());
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String all(String list) {
    return CHOSEN + "?all=true&of=" + ConsoleServer.encoded(list);
  }

  private static String of(List<String> devices) {
    return CHOSEN + "?of=%2Fdevices&device=" + String.join("&device=", devices);
  }

  private List<String> audited(String action) {
    return company.fleet.database.read(handle ->
        handle
            .createQuery("select object from audit where action = :action order by seq")
            .bind("action", action)
            .mapTo(String.class)
            .list());
  }

  private static String sent(String page, String operation) {
    return String.valueOf(PageForm.of(page, operation).values().get("devices"));
  }

  @Test
  void those_that_were_chosen_are_retired_each_with_its_line_in_the_log_and_no_other_is() {
    var three = listed("/devices").subList(0, 3);
    var page = console.get(of(three)).body();
    assertTrue(page.contains("3 devices") && page.contains("Type 3, how many they are"), page);
    assertEquals(List.copyOf(three), sent(page, "retireDevices").lines().toList());
    var without = console.submit(of(three), "retireDevices", "reason=Sold");
    assertTrue(without.body().contains("Nothing was done"), without::body);
    assertEquals(List.of(), audited("fleet.retire"));
    var done = console.submit(of(three), "retireDevices", "reason=Sold&_confirm=3");
    assertEquals(303, done.statusCode(), done::body);
    assertEquals(three, audited("fleet.retire"));
    assertFalse(listed("/devices").stream().anyMatch(three::contains));
    assertTrue(console.get("/devices/" + three.getFirst()).body().contains("Sold"));
    assertTrue(console.get(of(three)).body().contains("No device is chosen"));
  }

  @Test
  void all_that_match_are_those_of_the_list_and_what_was_counted_is_what_goes() {
    var list = "/devices?dept=R%26D%20platform";
    var expected = listed(list);
    assertTrue(expected.size() > 1, "the company has that department");
    var page = console.get(all(list)).body();
    assertEquals(expected, sent(page, "retireDevices").lines().toList());
    assertTrue(
        console.get("/devices").body().contains("/devices/chosen?all=true&amp;of=")
            || listed("/devices").size() == 40,
        "without scripts all are reached by a link");
    // One that comes to match after the look is not among those that were looked at.
    var form = PageForm.of(page, "retireDevices");
    company.fleet.enrolled("ws-late", OsFamily.LINUX, "R&D platform");
    var done = form.send(console, "reason=Closed&_confirm=" + expected.size());
    assertEquals(303, done.statusCode(), done::body);
    assertEquals(1, listed(list).size());
    assertEquals(expected, audited("fleet.retire"));
  }

  @Test
  void a_proposal_to_move_names_the_workstations_and_the_ring_that_each_comes_from() {
    console.as("wei.zhang", Role.AUTHOR);
    Everywhere.done(
        console, "putRing?ring=pilot", "_seen", "\"0\"", "description", "IT", "place", "1");
    var two = listed("/devices").subList(0, 2);
    Everywhere.done(
        console, "proposeMoveToRing?ring=pilot", "devices", String.join("\n", two), "note", "早点");
    var page = console.get("/proposals/1").body();
    assertTrue(page.contains("2 workstations go to the ring “pilot”"), page);
    assertTrue(page.contains("From “"), page);
    for (var device : two) {
      assertTrue(page.contains("href=\"/devices/" + device + "\""), page);
    }
    assertFalse(
        page.contains("devices\":[") || page.contains("devices&#34;:["), "nothing of it is JSON");
    assertTrue(console.get("/proposals/1?lang=zh-CN").body().contains("更改工作站的分批"));
  }

  @Test
  void a_form_that_is_sent_again_changes_nothing_more() {
    var two = listed("/devices").subList(0, 2);
    var form = PageForm.of(console.get(of(two)).body(), "retireDevices");
    var other = PageForm.of(console.get(of(two)).body(), "retireDevices");
    assertEquals(303, form.send(console, "reason=Sold&_confirm=2").statusCode());
    assertEquals(303, form.send(console, "reason=Sold&_confirm=2").statusCode());
    assertEquals(303, other.send(console, "reason=Sold&_confirm=2").statusCode());
    assertEquals(2, audited("fleet.retire").size());
  }

  @Test
  void a_list_that_is_not_understood_never_stands_for_the_whole_fleet() {
    for (var list :
        List.of("", "/rules", "/devices/x", "https://evil.example/devices", "/devices?os=amiga")) {
      assertEquals(400, console.get(all(list)).statusCode(), list);
    }
    assertEquals(400, console.get(CHOSEN + "?all=true&of=%2Fdevices&of=%2Fdevices").statusCode());
    assertEquals(400, console.get(CHOSEN + "?device=nobody").statusCode());
    var long1 = "/devices?dept=" + "x".repeat(5_000);
    assertEquals(400, console.get(all(long1)).statusCode());
  }

  @Test
  void all_of_a_list_without_a_filter_are_refused_with_words() {
    for (var list : List.of("/devices", "/devices?rule=claude-code", "/devices?sort=-host")) {
      var page = console.get(all(list)).body();
      assertTrue(page.contains("Filter the list first"), page);
      assertFalse(page.contains("/do/") || page.contains("None"), page);
    }
  }

  @Test
  void each_of_those_that_it_will_be_done_to_is_on_the_page() {
    var path = all(EVERY_SYSTEM);
    var page = console.get(path).body();
    assertEquals(40, sent(page, "retireDevices").lines().count());
    assertEquals(sent(page, "retireDevices").lines().toList(), listed(path));
    assertTrue(page.contains("<summary>And 20 more"), page);
  }

  /// A department of workstations that are on the list alone.
  private void depot(int size) {
    var csv = new StringBuilder("serial,hostname,department\n");
    for (var i = 0; i < size; i++) {
      csv.append("D-%d,depot-%d,Depot\n".formatted(i, i));
    }
    DeviceLists.apply(company.fleet, csv.toString());
  }

  private static String proposed(String page) {
    var row = page.substring(page.indexOf("class=\"proposal\""));
    return row.substring(0, row.indexOf("</li>"));
  }

  @Test
  void more_than_one_person_retires_are_retired_as_another_agreed_to_and_once() {
    depot(301);
    var path = all("/devices?dept=Depot");
    var page = console.get(path).body();
    assertFalse(PageForm.isOn(page, "retireDevices") || PageForm.isOn(page, "rescanDevices"), page);
    var form = PageForm.of(page, "proposeRetirement");
    assertTrue(form.values().containsKey("reason"), "the reason is a field of one line");
    assertEquals(301, String.valueOf(form.values().get("devices")).lines().count());
    assertEquals(303, form.send(console, "reason=Sold&_confirm=301").statusCode());
    assertEquals(List.of(), audited("fleet.retire-agreed"));
    var own = console.get("/proposals").body();
    assertTrue(
        proposed(own)
            .contains("301 workstations leave the fleet, to be in no count any more: Depot (301)"),
        own);
    assertFalse(PageForm.isOn(own, "agreeProposal") || PageForm.isOn(own, "retireAsAgreed"), own);

    console.as("bo", Role.APPROVER);
    assertTrue(console.get("/").body().contains("proposal to decide on"));
    var which = console.get("/proposals/1").body();
    assertTrue(which.contains("301 workstations, as they were") && which.contains("Depot"), which);
    assertFalse(PageForm.isOn(which, "retireAsAgreed"), "bo is no administrator");
    assertEquals(303, PageForm.of(which, "agreeProposal").send(console, "").statusCode());
    assertFalse(console.get("/").body().contains("proposal to decide on"));

    console.as("ada", Role.ADMINISTRATOR);
    assertTrue(console.get("/").body().contains("agreed retirement to carry out"));
    var agreed = PageForm.of(console.get("/proposals").body(), "retireAsAgreed");
    var other = PageForm.of(console.get("/proposals").body(), "retireAsAgreed");
    assertEquals(303, agreed.send(console, "_confirm=1").statusCode());
    assertEquals(301, audited("fleet.retire-agreed").size());
    assertTrue(console.get(path).body().contains("No device is chosen"));
    var again = other.send(console, "_confirm=1");
    assertTrue(again.body().contains("carried out already"), again::body);
    assertTrue(proposed(console.get("/proposals").body()).contains(">done<"));
  }

  @Test
  void an_agreement_is_to_those_workstations_as_they_were_and_does_not_last() {
    depot(301);
    var page = console.get(all("/devices?dept=Depot")).body();
    var form = PageForm.of(page, "proposeRetirement");
    form.send(console, "reason=Sold&_confirm=301");
    form = PageForm.of(console.get(all("/devices?dept=Depot")).body(), "proposeRetirement");
    form.send(console, "reason=Sold&_confirm=301");
    console.as("bo", Role.APPROVER);
    for (var number : List.of("1", "2")) {
      PageForm.of(console.get("/proposals/" + number).body(), "agreeProposal").send(console, "");
    }
    // One of them goes to another department, and back.
    moved("Sales");
    console.as("ada", Role.ADMINISTRATOR);
    var asAgreed = PageForm.of(console.get("/proposals/1").body(), "retireAsAgreed");
    var refused = asAgreed.send(console, "_confirm=1");
    assertTrue(refused.body().contains("look again, and propose it anew"), refused::body);
    assertEquals(List.of(), audited("fleet.retire-agreed"));
    moved("Depot");
    company.fleet.clock.move(Duration.ofDays(3));
    console.as("ada", Role.ADMINISTRATOR);
    var ended = console.get("/proposals/1").body();
    assertTrue(ended.contains(">ended<"), ended);
    assertFalse(PageForm.isOn(ended, "retireAsAgreed"), ended);
    refused = asAgreed.send(console, "_confirm=1");
    assertFalse(refused.body().contains("retired"), refused::body);
    assertEquals(List.of(), audited("fleet.retire-agreed"));
  }

  private void moved(String department) {
    company.fleet.database.write(connection ->
        Sql.update(
            connection,
            "update expected_device set department = ? where serial = 'D-7'",
            department));
  }

  private HttpResponse<String> retired(String department, int size) {
    var page = console.get(all("/devices?dept=" + department)).body();
    return PageForm.of(page, "retireDevices").send(console, "reason=Sold&_confirm=" + size);
  }

  @Test
  void nobody_retires_many_slice_by_slice() {
    depot(300);
    DeviceLists.apply(
        company.fleet, "serial,hostname,department\nA-1,annex-1,Annex\nA-2,annex-2,Annex\n");
    assertEquals(303, retired("Depot", 300).statusCode());
    var refused = retired("Annex", 2);
    assertTrue(refused.body().contains("after 300 that ada retired today"), refused::body);
    assertEquals(300, audited("fleet.retire").size());
    company.fleet.clock.move(Duration.ofDays(1).plusSeconds(1));
    console.as("ada", Role.ADMINISTRATOR);
    assertEquals(303, retired("Annex", 2).statusCode());
  }

  private String token(String owner, String name) {
    var lasting = Duration.ofDays(5);
    var roles = Set.of(Role.ADMINISTRATOR);
    return Objects.requireNonNull(
        console.parts.apiTokens().create(owner, owner, name, roles, Scope.WHOLE, lasting));
  }

  private static String named(List<String> devices) {
    return "{\"devices\":[\"" + String.join("\",\"", devices) + "\"],\"reason\":\"Sold\"}";
  }

  @Test
  void nobody_retires_many_by_a_token_for_each_slice() {
    depot(301);
    var depot = sent(console.get(all("/devices?dept=Depot")).body(), "proposeRetirement").lines();
    var ids = depot.toList();
    var first = token("ada", "first");
    var second = token("ada", "second");
    var some = named(ids.subList(0, 150));
    assertEquals(200, console.program("fleet/retire", first, some).statusCode());
    console.parts.apiTokens().revoke("ada", "first");
    var more = named(ids.subList(150, 300));
    assertEquals(200, console.program("fleet/retire", second, more).statusCode());
    var last = named(ids.subList(300, 301));
    var refused = console.program("fleet/retire", second, last).body();
    assertTrue(refused.contains("after 300 that ada retired today"), refused);
    var herself = retired("Depot", 1);
    assertTrue(herself.body().contains("after 300 that ada retired today"), herself::body);
    assertEquals(300, audited("fleet.retire").size());
    var other = token("bo", "other");
    assertEquals(200, console.program("fleet/retire", other, last).statusCode());
  }

  @Test
  void as_many_as_two_people_retire_are_proposed_at_once_for_a_reason_of_one_line() {
    depot(5_000);
    var ids =
        company.fleet.database.read(handle ->
            handle
                .createQuery("select entry_id from expected_device where department = 'Depot'")
                .mapTo(String.class)
                .list());
    var body = named(ids);
    assertEquals(5_000, ids.size());
    var token = token("ada", "asset-system");
    var proposed = console.program("fleet/retire/propose", token, body);
    assertEquals(200, proposed.statusCode(), proposed::body);
    assertTrue(proposed.body().contains("5000 workstations"), proposed::body);
    var lines = body.replace("Sold", "Sold\\nto a dealer");
    var refused = console.program("fleet/retire/propose", token, lines).body();
    assertTrue(refused.contains("the reason is one line"), refused);
    assertEquals(1, audited("proposal.create").size());
  }

  /// Lets ada propose all of that department, for bo.
  private void proposed(int size) {
    var form = PageForm.of(console.get(all("/devices?dept=Depot")).body(), "proposeRetirement");
    assertEquals(303, form.send(console, "reason=Sold&_confirm=" + size).statusCode());
  }

  private void agreed(String number) {
    var page = console.get("/proposals/" + number).body();
    assertEquals(303, PageForm.of(page, "agreeProposal").send(console, "").statusCode());
  }

  @Test
  void of_two_proposals_that_say_the_same_the_one_that_is_named_is_used() {
    depot(301);
    proposed(301);
    proposed(301);
    console.as("bo", Role.APPROVER);
    agreed("1");
    agreed("2");
    console.again("ada");
    var form = PageForm.of(console.get("/proposals/1").body(), "retireAsAgreed");
    assertEquals(303, form.send(console, "_confirm=1").statusCode());
    assertTrue(console.get("/proposals/1").body().contains(">done<"));
    assertFalse(console.get("/proposals/2").body().contains(">done<"));
  }

  @Test
  void whoever_is_to_agree_sees_their_names_and_one_that_was_heard_since_is_not_gone() {
    depot(301);
    var late = company.fleet.enrolled("ws-late", OsFamily.LINUX, "Depot");
    proposed(302);
    console.as("bo", Role.APPROVER);
    var page = console.get("/proposals/1").body();
    assertTrue(page.contains(">depot-7<"), page);
    assertTrue(page.contains("href=\"/devices/" + late.id().value() + "\">ws-late</a>"), page);
    assertFalse(page.contains("heard since"), page);
    agreed("1");
    company.fleet.clock.move(Duration.ofMinutes(5));
    company.fleet.send(late, new Coverage(company.fleet.clock.instant(), true, List.of()));
    page = console.get("/proposals/1").body();
    assertTrue(page.contains("1 of them was heard since"), page);
    console.again("ada");
    var form = PageForm.of(console.get("/proposals/1").body(), "retireAsAgreed");
    var refused = form.send(console, "_confirm=1").body();
    assertTrue(refused.contains("heard from since it was made: ws-late. Propose it anew"), refused);
    assertEquals(List.of(), audited("fleet.retire-agreed"));
    assertFalse(console.get("/proposals/1").body().contains(">done<"));
  }

  @Test
  void who_may_look_again_may_not_retire_and_who_sees_a_part_reaches_no_more() {
    var everywhere = listed("/devices");
    console.as("hana", Role.HELPDESK);
    var page = console.get(all(EVERY_SYSTEM)).body();
    assertTrue(PageForm.isOn(page, "rescanDevices"), page);
    assertFalse(PageForm.isOn(page, "retireDevices"), page);
    assertEquals(303, PageForm.of(page, "rescanDevices").send(console, "").statusCode());
    assertEquals(
        everywhere.stream().sorted().toList(), audited("device.rescan").stream().sorted().toList());
    var device = console.get("/devices/" + everywhere.getFirst()).body();
    assertTrue(device.contains("Asked by hana"), device);
    console.within("R&D platform", "part", Role.HELPDESK);
    var part = listed(all(EVERY_SYSTEM));
    assertTrue(!part.isEmpty() && part.size() < everywhere.size(), part::toString);
    var other = everywhere.stream().filter(id -> !part.contains(id)).findFirst().orElseThrow();
    assertTrue(console.get(of(List.of(other))).body().contains("No device is chosen"));
    console.as("a.viewer", Role.VIEWER);
    var seen = console.get(all(EVERY_SYSTEM)).body();
    assertTrue(seen.contains("may do nothing to devices"), seen);
    assertFalse(seen.contains("/do/"), seen);
  }
}
