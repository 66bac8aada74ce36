package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.log.LineLogProvider;
import dev.interdict.agent.state.StateVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the MSI tells Windows to do, from its tables. Runs with `mvn -Pdist verify`.
@EnabledOnOs(OS.LINUX)
class WindowsPackageIT {
  private static final Set<Integer> HARMLESS = Set.of(51, 19);
  private static final String CLOSED = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
  private static final String CLOSED_KEY = "D:P(A;CI;KA;;;SY)(A;CI;KA;;;BA)";
  private static final String ENROLMENT = "SOFTWARE\\Interdict\\Enrolment";

  @TempDir private static Path folder;
  private static Msi whole;
  private static Msi bare;

  @BeforeAll
  static void make() throws Exception {
    MsiWorkshop.assumeTools();
    var workshop = new MsiWorkshop(folder);
    whole = workshop.make("0.1.0-SNAPSHOT", workshop.runtime(), "whole");
    bare = workshop.make("0.1.0-SNAPSHOT", null, "bare");
  }

  @Test
  void the_same_files_make_the_same_package() throws Exception {
    var workshop = new MsiWorkshop(folder);
    assertArrayEquals(
        whole.bytes(), workshop.make("0.1.0-SNAPSHOT", workshop.runtime(), "again").bytes());
    assertNotEquals(whole.property("ProductCode"), bare.property("ProductCode"));
    assertEquals(whole.property("UpgradeCode"), bare.property("UpgradeCode"));
  }

  @Test
  void the_service_is_the_system_s_starts_by_itself_and_goes_with_the_package() throws Exception {
    var service = whole.table("ServiceInstall").getFirst();
    assertEquals("InterdictAgent", service.get("Name"));
    assertEquals("2", service.get("StartType"));
    assertEquals("LocalSystem", service.get("StartName"));
    assertEquals("//RS//InterdictAgent", service.get("Arguments"));
    var file =
        whole.table("Component").stream()
            .filter(row -> row.get("Component").equals(service.get("Component_")))
            .map(row -> row.get("KeyPath"))
            .findFirst()
            .orElseThrow();
    var names = whole.pairs("File", "File", "FileName");
    assertTrue(names.get(file).endsWith("InterdictAgent.exe"), names.get(file));
    // Start at installation; stop at both; delete at removal.
    assertEquals("163", whole.table("ServiceControl").getFirst().get("Event"));
  }

  @Test
  void no_custom_action_runs_anything_but_the_farewell_of_a_removal() throws Exception {
    for (var msi : List.of(whole, bare)) {
      for (var action : msi.table("CustomAction")) {
        if (!action.get("Action").equals("LeaveServer")) {
          assertTrue(HARMLESS.contains(Integer.valueOf(action.get("Type"))), action.toString());
        }
      }
    }
    assertTrue(bare.table("CustomAction").stream().noneMatch(WindowsPackageIT::leaves));
    var action = whole.table("CustomAction").stream().filter(WindowsPackageIT::leaves).findFirst();
    var leaving = action.orElseThrow();
    // A file of the package's (18) in the script of the removal (1024), as the system (2048),
    // whatever
    // comes of it (64).
    assertEquals("" + (18 + 1024 + 2048 + 64), leaving.get("Type"));
    var file = whole.pairs("File", "File", "FileName").get(leaving.get("Source"));
    assertTrue(file.endsWith("javaw.exe"), "no window that somebody could go on from: " + file);
    assertTrue(leaving.get("Target").endsWith(" dev.interdict.agent.cli.Main unenrol"));
    assertEquals(
        "REMOVE=\"ALL\" AND NOT UPGRADINGPRODUCTCODE",
        whole.pairs("InstallExecuteSequence", "Action", "Condition").get("LeaveServer"));
    var steps = whole.pairs("InstallExecuteSequence", "Action", "Sequence");
    assertTrue(at(steps, "StopServices") < at(steps, "LeaveServer"));
    assertTrue(at(steps, "LeaveServer") < at(steps, "RemoveFiles"));
  }

  private static boolean leaves(Row<String> action) {
    return action.get("Action").equals("LeaveServer");
  }

  @Test
  void a_repair_carries_nobody_s_values_into_the_registry() throws Exception {
    var conditions = whole.pairs("InstallExecuteSequence", "Action", "Condition");
    assertEquals("NOT Installed", conditions.get("WriteRegistryValues"));
    assertEquals("NOT Installed", conditions.get("WriteEnvironmentStrings"));
    assertFalse(conditions.names().contains("WriteIniValues"), conditions.toString());
  }

  @Test
  void what_may_be_given_from_outside_goes_into_the_closed_key_alone() throws Exception {
    var given = Set.of(whole.property("SecureCustomProperties").split(";"));
    for (var row : bare.table("Registry")) {
      for (var name : given) {
        if (row.get("Value").contains("[" + name + "]")) {
          assertEquals(ENROLMENT, row.get("Key"), row.toString());
        }
      }
    }
    // The folder's name is none that could be given.
    var folders = whole.pairs("Directory", "Directory", "Directory_Parent");
    assertEquals("ProgramFiles64Folder", folders.get("InstallDir"));
    var byHand = folders.names().stream().filter(id -> id.equals(id.toUpperCase())).toList();
    assertEquals(List.of("TARGETDIR"), byHand);
  }

  @Test
  void nobody_but_the_system_and_administrators_reaches_the_token_and_the_log() throws Exception {
    var locks = new TreeMap<String, String>();
    for (var row : whole.table("MsiLockPermissionsEx")) {
      locks.put(row.get("Table") + " " + row.get("LockObject"), row.get("SDDLText"));
    }
    for (var row : whole.table("Registry")) {
      if (row.get("Key").equals(ENROLMENT)) {
        assertEquals(CLOSED_KEY, locks.get("Registry " + row.get("Registry")), row.toString());
      }
    }
    assertEquals(CLOSED, locks.get("CreateFolder LogDir"));
    assertEquals(CLOSED + "(A;OICI;0x1200a9;;;BU)", locks.get("CreateFolder InstallDir"));
    var made =
        whole.table("CreateFolder").stream()
            .map(row -> row.get("Directory_"))
            .collect(Collectors.toSet());
    assertEquals(Set.of("InstallDir", "LogDir"), made);
  }

  @Test
  void the_token_stays_out_of_the_log() throws Exception {
    var hidden = Set.of(whole.property("MsiHiddenProperties").split(";"));
    assertEquals(Set.of("ENROLLTOKEN", "BeforeENROLLTOKEN"), hidden);
    var template = whole.pairs("ActionText", "Action", "Template").get("WriteRegistryValues");
    assertFalse(template.contains("[3]"), template);
  }

  @Test
  void the_names_are_those_of_the_other_packages() throws Exception {
    var names =
        whole.table("Registry").stream()
            .filter(row -> row.get("Key").equals(ENROLMENT))
            .collect(Collectors.toMap(row -> row.get("Name"), row -> row.get("Value")));
    assertEquals(
        Map.of(
            "Installed", "1",
            "INTERDICT_SERVER", "[SERVERURL]",
            "INTERDICT_ROOT_KEY", "[PINNEDKEY]",
            "INTERDICT_ENROL_TOKEN", "[ENROLLTOKEN]",
            "INTERDICT_ENROL_TOKEN_FILE", "[ENROLLTOKENFILE]",
            "INTERDICT_CA_FILE", "[CAFILE]",
            "INTERDICT_PROXY", "[PROXY]"),
        names);
  }

  @Test
  void the_host_enters_where_the_agent_has_its_door() throws Exception {
    var values = new TreeMap<String, String>();
    for (var row : whole.table("Registry")) {
      values.put(row.get("Key").replaceAll(".*\\\\", "") + "." + row.get("Name"), row.get("Value"));
    }
    var host = new Row<>(values);
    assertEquals("[InstallDir]runtime\\bin\\server\\jvm.dll", host.get("Java.Jvm"));
    assertTrue(host.get("Java.Classpath").startsWith("[InstallDir]lib\\"), host.toString());
    for (var side : List.of("Start", "Stop")) {
      assertEquals("jvm", host.get(side + ".Mode"));
      var entry = Class.forName(host.get(side + ".Class"), false, getClass().getClassLoader());
      var method = entry.getMethod(host.get(side + ".Method"), String[].class);
      assertEquals(void.class, method.getReturnType());
    }
  }

  /// The host writes what it is told into one file for as long as it runs, so the agent tells it
  /// nothing and writes files of its own, where a support bundle looks for them.
  @Test
  void the_agent_s_log_is_its_own_and_bounded() throws Exception {
    var options =
        whole.table("Registry").stream()
            .filter(row -> row.get("Name").equals("Options"))
            .findFirst()
            .orElseThrow()
            .get("Value");
    var given = List.of(options.split("\\[~]"));
    assertTrue(given.contains("-D" + LineLogProvider.FOLDER + "=[LogDir]"), options);
    var provider = "-Dslf4j.provider=" + LineLogProvider.class.getName();
    assertTrue(given.contains(provider), options);
    assertEquals("log", whole.pairs("Directory", "Directory", "DefaultDir").get("LogDir"));
  }

  @Test
  void an_older_version_gives_way_and_a_newer_one_is_not_replaced() throws Exception {
    var rows =
        new Row<>(
            whole.table("Upgrade").stream()
                .collect(Collectors.toMap(row -> row.get("ActionProperty"), row -> row)));
    assertEquals("0.1.0", rows.get("OLDERVERSION").get("VersionMax"));
    assertEquals("769", rows.get("OLDERVERSION").get("Attributes"));
    assertEquals("0.1.0", rows.get("NEWERVERSION").get("VersionMin"));
    assertEquals("2", rows.get("NEWERVERSION").get("Attributes"));
    var refusal =
        whole.table("CustomAction").stream()
            .filter(row -> row.get("Type").equals("19"))
            .findFirst()
            .orElseThrow();
    assertTrue(refusal.get("Target").startsWith("A newer Interdict Agent"), refusal.toString());
    var steps = whole.pairs("InstallExecuteSequence", "Action", "Sequence");
    assertTrue(at(steps, "FindRelatedProducts") < at(steps, refusal.get("Action")));
    assertTrue(at(steps, "InstallInitialize") < at(steps, "RemoveExistingProducts"));
    assertTrue(at(steps, "RemoveExistingProducts") < at(steps, "InstallFiles"));
  }

  @Test
  void a_state_that_a_newer_agent_has_written_is_not_taken() throws Exception {
    var sought =
        whole.table("RegLocator").stream()
            .filter(row -> row.get("Signature_").equals("SearchStateVersion"))
            .findFirst()
            .orElseThrow();
    assertEquals("SOFTWARE\\Interdict\\State", sought.get("Key"));
    var property = whole.pairs("AppSearch", "Signature_", "Property").get("SearchStateVersion");
    // In capitals alone it could be given from outside.
    assertNotEquals(property.toUpperCase(java.util.Locale.ROOT), property);
    var condition = "NOT %1$s OR %1$s <= %2$d OR Installed".formatted(property, StateVersion.KNOWN);
    assertTrue(
        whole.table("LaunchCondition").stream()
            .anyMatch(row ->
                row.get("Condition").equals(condition)
                    && row.get("Description").contains("Nothing was changed")));
  }

  @Test
  void without_a_java_of_its_own_it_asks_for_one_of_that_version() throws Exception {
    assertTrue(
        bare.table("LaunchCondition").stream()
            .anyMatch(row ->
                row.get("Condition").equals("Jvm OR Installed")
                    && row.get("Description").contains("JAVAHOME")));
    for (var sought : bare.table("Signature")) {
      assertEquals("jvm.dll", sought.get("FileName"));
      assertEquals("25.0.0.0", sought.get("MinVersion"));
    }
    assertTrue(
        whole.table("LaunchCondition").stream()
            .noneMatch(row -> row.get("Condition").contains("Jvm")));
  }

  @Test
  void every_component_is_of_64_bits_and_has_a_key_that_is_there() throws Exception {
    var files = whole.pairs("File", "File", "Component_");
    var values = whole.pairs("Registry", "Registry", "Component_");
    for (var component : whole.table("Component")) {
      var attributes = Integer.parseInt(component.get("Attributes"));
      assertEquals(256, attributes & 256, component.toString());
      var of = (attributes & 4) == 0 ? files : values;
      assertEquals(component.get("Component"), of.get(component.get("KeyPath")));
    }
  }

  @Test
  void another_host_than_the_one_that_was_looked_at_is_not_packed() throws Exception {
    var workshop = new MsiWorkshop(folder);
    var before = System.getProperty("interdict.procrun");
    System.setProperty("interdict.procrun", workshop.runtime().resolve("bin/server/jvm.dll") + "");
    try {
      workshop.make("0.1.0", null, "forged");
      throw new IOException("it was packed");
    } catch (AssertionError e) {
      assertTrue(
          String.valueOf(e.getMessage()).contains("is not the file that was looked at"),
          e::toString);
    } finally {
      System.setProperty("interdict.procrun", before);
    }
  }

  private static int at(Row<String> steps, String action) {
    return Integer.parseInt(steps.get(action));
  }
}
