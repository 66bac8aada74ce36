package dev.interdict.server.fleet.expected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.report.SerialNumber;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.fleet.EnrolOutcome;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Asked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The company's list against the devices that enrol, over a real database.
class DeviceListIT {
  private static final String RULE = "claude-code";

  @TempDir Path folder;
  private SimulatedFleet fleet;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private SimulatedDevice enrol(String host, @Nullable String serial) {
    var device = new SimulatedDevice(host, OsFamily.LINUX);
    var told = serial == null ? null : SerialNumber.told(serial);
    var token = fleet.token("unassigned", 1);
    assertInstanceOf(
        EnrolOutcome.Enrolled.class,
        fleet.enrolment.enrol(device.enrol(token, told, fleet.clock.instant())));
    return device;
  }

  private void says(SimulatedDevice device, RuleState state) {
    var presence = state == RuleState.PRESENT ? Presence.NEW : null;
    var rule = new ReportedRule(RULE, state, presence, null, null, List.of(), List.of());
    var coverage = new Coverage(fleet.clock.instant(), true, List.of());
    assertInstanceOf(ReportOutcome.Accepted.class, fleet.send(device, coverage, rule));
  }

  private long count(Status status) {
    return fleet.compliance.overview(RULE).counts().get(status);
  }

  private long total() {
    return fleet.compliance.overview(RULE).counts().total();
  }

  private DeviceDetail.Membership membership(SimulatedDevice device) {
    return Objects.requireNonNull(fleet.compliance.device(device.id())).membership();
  }

  @Test
  void a_workstation_on_the_list_counts_before_it_enrols_and_as_one_afterwards() {
    DeviceLists.apply(
        fleet,
        """
        serial,hostname,os,department
        PF1234,ws-1,Windows 11 Pro,R&D
        PF5678,ws-2,macOS,Sales
        """);
    assertEquals(2, total());
    assertEquals(2, count(Status.NOT_ENROLLED));
    var absent =
        fleet.compliance.devices(
            DeviceFilter.ofRule(RULE).with(Set.of(Status.NOT_ENROLLED)), null, 10);
    assertEquals(List.of("ws-1", "ws-2"), absent.rows().stream().map(row -> row.host()).toList());

    var device = enrol("other-name", "pf1234");
    assertEquals("R&D", membership(device).department());
    assertEquals("serial", membership(device).boundBy());
    says(device, RuleState.CLEAR);
    assertEquals(2, total());
    assertEquals(1, count(Status.NOT_ENROLLED));
    assertEquals(1, count(Status.CLEAR));
  }

  @Test
  void a_workstation_that_never_enrolled_is_found_among_those_that_did() {
    DeviceLists.apply(fleet, "serial,hostname\nPF1,WS-107\nPF2,ws-207\nPF3,ws-3\n");
    enrol("bs-207", null);
    var filter = DeviceFilter.read(new Asked(Map.of("q", List.of("s-"))));
    var first = fleet.compliance.devices(filter, null, 2);
    assertEquals(4, first.total());
    var second = fleet.compliance.devices(filter, first.next(), 2);
    assertEquals(
        List.of("bs-207", "WS-107", "ws-207", "ws-3"),
        Stream.of(first, second)
            .flatMap(page -> page.rows().stream())
            .map(row -> row.host())
            .toList());
    assertEquals(null, second.next());
  }

  @Test
  void a_device_on_no_list_never_makes_the_fleet_look_better_but_is_seen_when_it_has_it() {
    DeviceLists.apply(fleet, "serial\nPF1234\n");
    var clear = enrol("stranger", "XX999");
    says(clear, RuleState.CLEAR);
    assertEquals(1, count(Status.UNEXPECTED));
    assertEquals(0, fleet.compliance.overview(RULE).counts().compliant());
    says(clear, RuleState.PRESENT);
    assertEquals(1, count(Status.PRESENT));
    assertEquals(0, count(Status.UNEXPECTED));
    assertEquals(1, fleet.compliance.overview(RULE).onNoList());
    assertEquals(2, total());
  }

  @Test
  void without_a_list_nobody_is_unexpected() {
    says(enrol("ws-1", null), RuleState.CLEAR);
    assertEquals(1, count(Status.CLEAR));
    assertEquals(0, fleet.compliance.overview(RULE).onNoList());
  }

  @Test
  void a_host_name_decides_only_where_it_is_the_only_one_and_no_serial_contradicts() {
    DeviceLists.apply(
        fleet,
        """
        serial,hostname
        ,ws-1
        PF2222,ws-2
        PF3333,ws-3
        PF4444,ws-3
        """);
    assertEquals("host", membership(enrol("WS-1.corp.example", null)).boundBy());
    assertEquals(null, membership(enrol("ws-2", "OTHER9")).entry());
    var twin = enrol("ws-3", null);
    assertEquals(null, membership(twin).entry());
    assertEquals(2, fleet.expected.unmatched(10).getLast().entries());

    fleet.expected.bind("anna", twin.id().value(), "PF4444", false);
    assertEquals("person", membership(twin).boundBy());
    assertEquals("fleet.bind", fleet.audit.newest(Long.MAX_VALUE, 1).getFirst().action());
  }

  @Test
  void a_list_finds_the_devices_that_enrolled_before_it() {
    var one = enrol("ws-1", "PF1111");
    says(one, RuleState.CLEAR);
    says(enrol("ws-2", null), RuleState.PRESENT);
    DeviceLists.apply(fleet, "serial,hostname,department\nPF1111,x,R&D\n,ws-2,Sales\n");
    assertEquals(2, total());
    assertEquals(1, count(Status.CLEAR));
    assertEquals(0, count(Status.NOT_ENROLLED));
    assertEquals(
        List.of("Sales", "R&D"),
        fleet.compliance.overview(RULE).byDepartment().stream()
            .map(group -> group.name())
            .toList());
  }

  @Test
  void the_same_file_again_changes_nothing() {
    var csv =
        "serial,asset-tag,hostname,department\nPF1,,a,x\n,A-2,b,y\n,,c,z\n".replace("PF1", "PF11");
    assertEquals(3, DeviceLists.apply(fleet, csv).added());
    var again = DeviceLists.apply(fleet, csv);
    assertEquals(
        List.of(0L, 0L, 3L, 0L),
        List.of(again.added(), again.changed(), again.same(), again.missing()));
    var plan = DeviceLists.plan(fleet, "serial,department\nPF11,elsewhere\nPF99,new\n");
    assertEquals(
        List.of(1L, 1L, 0L, 2L),
        List.of(plan.added(), plan.changed(), plan.same(), plan.missing()));
    assertEquals(3, total());
  }

  @Test
  void a_column_that_a_file_does_not_have_stays_as_it_was() {
    DeviceLists.apply(fleet, "serial,department,person\nPF11,R&D,li.wei\n");
    DeviceLists.apply(fleet, "serial,person\nPF11,zhang.san\n");
    assertEquals("R&D", fleet.compliance.overview(RULE).byDepartment().getFirst().name());
  }

  @Test
  void nothing_is_retired_unless_asked_and_more_than_a_twentieth_only_by_number() {
    var csv = new StringBuilder("serial\n");
    for (var i = 100; i < 140; i++) {
      csv.append("PF").append(i).append('\n');
    }
    DeviceLists.apply(fleet, csv.toString());
    var without =
        csv.toString().replace("PF100\n", "").replace("PF101\n", "").replace("PF102\n", "");
    assertEquals(3, DeviceLists.apply(fleet, without).missing());
    assertEquals(40, total());
    try (var list = DeviceLists.read(fleet, without)) {
      for (var confirmed : List.of(OptionalLong.empty(), OptionalLong.of(2), OptionalLong.of(4))) {
        var refused =
            assertThrows(RefusedException.class, () -> list.apply("anna", false, true, confirmed));
        assertTrue(String.valueOf(refused.getMessage()).contains("--yes-retire 3"));
      }
      assertEquals(40, total());
      list.apply("anna", false, true, OptionalLong.of(3));
    }
    assertEquals(37, total());
    var back = DeviceLists.apply(fleet, csv.toString());
    assertEquals(3, back.returning());
    assertEquals(40, total());
  }

  @Test
  void what_leaves_by_its_lifecycle_is_limited_alike() {
    DeviceLists.apply(fleet, "serial\nPF111\nPF222\n");
    var csv = "serial,lifecycle\nPF111,retired\nPF222,retired\n";
    assertThrows(RefusedException.class, () -> DeviceLists.apply(fleet, csv));
    assertEquals(2, total());
    assertEquals(2, DeviceLists.applyWhole(fleet, csv).leaving());
    assertEquals(0, total());
    assertEquals(2, fleet.expected.census().retired());
  }

  @Test
  void a_missing_workstation_that_is_still_heard_goes_on_counting() {
    DeviceLists.apply(fleet, "serial\nPF111\nPF222\nPF333\n");
    says(enrol("a", "PF111"), RuleState.PRESENT);
    var silent = enrol("b", "PF222");
    says(silent, RuleState.PRESENT);
    fleet.clock.move(Compliance.SILENT_AFTER.plusHours(1));
    says(enrol("c", "PF333"), RuleState.PRESENT);
    DeviceLists.applyWhole(fleet, "serial\nPF111\n");
    // PF222 is silent and gone; PF333 is there whatever the list says.
    assertEquals("retired", membership(silent).standing());
    assertEquals(2, total());
    assertEquals(1, count(Status.PRESENT));
    assertEquals(1, fleet.compliance.overview(RULE).onNoList());
  }

  @Test
  void nothing_is_applied_where_a_line_is_bad_and_each_is_named() {
    var csv =
        "serial,hostname,groups\nPF111,a,\nPF111,b,\nDefault string,c,\n,,\n'=1+1,d,Build\nPF5,e\n";
    var plan = DeviceLists.plan(fleet, csv);
    assertEquals(
        List.of(3L, 4L, 5L, 6L, 7L), plan.faults().stream().map(Plan.Fault::line).toList());
    assertThrows(RefusedException.class, () -> DeviceLists.apply(fleet, csv));
    assertEquals(0, total());
    try (var list = DeviceLists.read(fleet, csv)) {
      assertEquals(1, list.apply("anna", true, false, OptionalLong.empty()).added());
      assertThrows(
          RefusedException.class, () -> list.apply("anna", true, true, OptionalLong.of(0)));
    }
  }

  @Test
  void a_file_without_a_name_for_devices_is_no_list() {
    for (var csv : List.of("", "person,os\na,b\n", "serial,serial\na,b\n", "\"serial\n")) {
      assertThrows(RefusedException.class, () -> DeviceLists.plan(fleet, csv), csv);
    }
  }

  @Test
  void text_that_a_spreadsheet_would_run_is_kept_as_text() {
    DeviceLists.apply(fleet, "serial,person,department\nPF111,\"=HYPERLINK(\"\"x\"\")\",@SUM(1)\n");
    assertEquals("@SUM(1)", fleet.compliance.overview(RULE).byDepartment().getFirst().name());
  }

  @Test
  void the_second_of_two_imports_is_planned_against_what_the_first_left() {
    try (var first = DeviceLists.read(fleet, "serial\nPF111\nPF222\n");
        var second = DeviceLists.read(fleet, "serial\nPF222\nPF333\n")) {
      assertEquals(2, first.plan().added());
      assertEquals(2, second.plan().added());
      first.apply("anna", false, false, OptionalLong.empty());
      var applied = second.apply("boris", false, false, OptionalLong.empty());
      assertEquals(1, applied.added());
      assertEquals(1, applied.missing());
    }
    assertEquals(3, total());
  }

  @Test
  void a_file_that_was_read_and_never_applied_leaves_nothing_behind() {
    var broken = DeviceLists.read(fleet, "serial\nPF111\n");
    assertEquals(0, total());
    assertEquals(1, broken.plan().added());
    fleet.clock.move(Duration.ofDays(2));
    DeviceLists.apply(fleet, "serial\nPF222\n");
    long left =
        fleet.database.read(handle ->
            handle.createQuery("select count(*) from expected_row").mapTo(Long.class).one());
    assertEquals(0, left);
    assertThrows(
        RefusedException.class, () -> broken.apply("anna", false, false, OptionalLong.empty()));
    assertEquals(1, total());
  }

  @Test
  void what_is_retired_counts_nowhere_is_kept_and_comes_back_only_by_a_person() {
    DeviceLists.apply(fleet, "serial\nPF111\n");
    var device = enrol("a", "PF111");
    says(device, RuleState.FAILED);
    assertEquals(1, count(Status.FAILED));
    fleet.expected.retire("anna", "pf111", "stolen in Lyon");
    assertEquals(0, total());
    fleet.clock.move(Duration.ofHours(1));
    says(device, RuleState.PRESENT);
    assertEquals(0, total());
    assertEquals(1, fleet.expected.census().heardRetired());
    assertEquals(1, DeviceLists.apply(fleet, "serial\nPF111\n").keptRetired());
    assertEquals(0, total());
    assertEquals("stolen in Lyon", membership(device).reason());

    fleet.expected.restore("anna", "PF111", "found");
    assertEquals(1, total());
    assertEquals(1, count(Status.PRESENT));
    assertThrows(RefusedException.class, () -> fleet.expected.restore("anna", "PF111", "again"));
  }

  @Test
  void a_name_that_names_two_names_none() {
    DeviceLists.apply(fleet, "serial,hostname\nPF111,ws-1\nPF222,ws-1\n");
    for (var name : List.of("ws-1", "nobody", "", "%", "' or 1=1 --")) {
      assertThrows(RefusedException.class, () -> fleet.expected.retire("anna", name, "x"), name);
    }
    assertEquals(2, total());
  }
}
