package dev.interdict.trust;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// What keeps the rules pure and the resident process small.
class TrustArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.interdict.trust");

  @Test
  void there_is_something_to_check() {
    assertTrue(classes.size() > 40, "only " + classes.size() + " classes were read");
  }

  @Test
  void time_is_always_given() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(classes);
  }

  @Test
  void nothing_reaches_the_network() {
    noClasses().should().dependOnClassesThat(resideInAPackage("java.net..")).check(classes);
  }

  @Test
  void rules_touch_no_disk() {
    noClasses()
        .that()
        .haveSimpleName("TrustedMetadata")
        .or()
        .haveSimpleName("TargetSearch")
        .or()
        .resideInAPackage("dev.interdict.trust.metadata")
        .should()
        .dependOnClassesThat(resideInAPackage("java.nio.file.."))
        .orShould()
        .dependOnClassesThat(resideInAPackage("java.nio.channels.."))
        .check(classes);
  }

  @Test
  void packages_depend_one_way() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("publishing")
        .definedBy("dev.interdict.trust.repository")
        .layer("client")
        .definedBy("dev.interdict.trust")
        .layer("metadata")
        .definedBy("dev.interdict.trust.metadata")
        .layer("keys")
        .definedBy("dev.interdict.trust.keys")
        .whereLayer("publishing")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("client")
        .mayOnlyBeAccessedByLayers("publishing")
        .whereLayer("metadata")
        .mayOnlyBeAccessedByLayers("publishing", "client")
        .check(classes);
  }
}
