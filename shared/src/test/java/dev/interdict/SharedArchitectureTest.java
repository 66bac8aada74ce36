package dev.interdict;

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

/// The arrows of what agent and server share.
class SharedArchitectureTest {
  private static final JavaClasses SHARED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.interdict");

  @Test
  void the_importer_saw_it() {
    assertTrue(SHARED.size() > 120, () -> "only " + SHARED.size() + " classes");
  }

  @Test
  void packages_have_no_cycles() {
    SlicesRuleDefinition.slices()
        .matching("dev.interdict.(*)..")
        .should()
        .beFreeOfCycles()
        .check(SHARED);
  }

  @Test
  void it_knows_neither_agent_nor_server() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.interdict.agent..", "dev.interdict.server..")
        .check(SHARED);
  }

  @Test
  void one_package_touches_the_json_library() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.interdict.json")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(SHARED);
  }

  @Test
  void nothing_here_reads_a_clock_or_opens_a_connection() {
    noClasses()
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(SHARED);
  }

  @Test
  void every_package_is_null_marked() {
    var bare =
        SHARED.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(type -> !type.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertEquals(List.of(), bare);
  }
}
