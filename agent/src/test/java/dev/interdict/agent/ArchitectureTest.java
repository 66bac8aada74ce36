package dev.interdict.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The arrows of the agent: packages are the product's steps, the middle is pure, and what is
/// dangerous stands in one named place each.
class ArchitectureTest {
  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.interdict.agent");

  @Test
  void the_importer_saw_the_agent() {
    assertTrue(AGENT.size() > 150, () -> "only " + AGENT.size() + " classes");
  }

  @Test
  void steps_have_no_cycles() {
    SlicesRuleDefinition.slices()
        .matching("dev.interdict.agent.(*)..")
        .should()
        .beFreeOfCycles()
        .check(AGENT);
  }

  @Test
  void steps_know_neither_the_platform_nor_the_guard() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..agent.inventory..",
            "..agent.sources..",
            "..agent.match..",
            "..agent.enforce..",
            "..agent.notice..",
            "..agent.wording..",
            "..agent.report..",
            "..agent.ledger..",
            "..agent.policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..agent.platform..", "..agent.guard..", "..agent.cli..")
        .check(AGENT);
  }

  @Test
  void matching_and_deciding_reach_no_disk_network_log_or_clock() {
    noClasses()
        .that()
        .resideInAnyPackage("..agent.match..", "..agent.decide..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "org.slf4j..")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(AGENT);
  }

  @Test
  void only_the_network_worker_speaks_to_the_network() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..agent.sync..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.net.Socket.class)
        .check(AGENT);
  }

  @Test
  void the_guard_carries_no_library_that_only_commands_or_workers_need() {
    noClasses()
        .that()
        .resideInAnyPackage("..agent.guard..", "..agent.enforce..", "..agent.state..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "oshi..", "org.freedesktop..", "tools.jackson..")
        .check(AGENT);
  }

  /// Words are made by short-lived processes, as the person who reads them.
  @Test
  void words_are_made_by_commands_and_by_what_speaks_in_a_session() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..agent.wording..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.ibm.icu..")
        .check(AGENT);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..agent.wording..",
            "..agent.cli..",
            "..agent.page..",
            "..agent.platform.session..",
            "..agent.platform.linux.desktop..",
            "..agent.platform.macos.session..",
            "..agent.platform.windows.session..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..agent.wording..")
        .check(AGENT);
  }

  @Test
  void processes_are_started_and_the_program_is_ended_in_one_place_each() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..agent.platform")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(AGENT);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.interdict.agent.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(AGENT);
  }

  /// A path as text follows links; what acts in homes goes by descriptors.
  @Test
  void what_acts_on_files_never_goes_by_path() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..platform.linux.quarantine..",
            "..platform.handles..",
            "..platform.macos.kernel..",
            "..platform.windows.kernel..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.io.File.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.nio.file.Files.class)
        .check(AGENT);
  }

  @Test
  void variants_of_sealed_types_are_values() {
    var others =
        AGENT.stream()
            .filter(type -> type.getRawInterfaces().stream().anyMatch(ArchitectureTest::isSealed))
            // There, variants hold open descriptors.
            .filter(type -> !type.getPackageName().contains(".platform."))
            .filter(type -> !type.isRecord() && !type.isEnum() && !type.isInterface())
            .map(JavaClass::getName)
            .toList();
    assertEquals(List.of(), others);
  }

  private static boolean isSealed(JavaClass type) {
    return type.isInterface()
        && type.getName().startsWith("dev.interdict")
        && type.reflect().isSealed();
  }

  @Test
  void every_package_is_null_marked_and_none_is_a_drawer() {
    var bare =
        AGENT.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(type -> !type.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            // Made of templates by the build.
            .filter(name -> !name.endsWith(".page.templates"))
            .toList();
    assertEquals(List.of(), bare);
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(AGENT);
  }
}
