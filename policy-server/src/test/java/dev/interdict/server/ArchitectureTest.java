package dev.interdict.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.interdict.server");

  @Test
  void the_importer_saw_the_server() {
    assertTrue(SERVER.size() > 60, () -> "only " + SERVER.size() + " classes");
  }

  @Test
  void slices_have_no_cycles() {
    SlicesRuleDefinition.slices()
        .matching("dev.interdict.server.(*)..")
        .should()
        .beFreeOfCycles()
        .check(SERVER);
  }

  @Test
  void nothing_but_wiring_knows_the_endpoints() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..server.api..", "..server.main..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..server.api..")
        .check(SERVER);
  }

  @Test
  void only_http_touches_the_http_library() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..server.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(SERVER);
  }

  @Test
  void no_peer_is_looked_up_by_name() {
    noClasses()
        .should()
        .callMethod(java.net.InetAddress.class, "getHostName")
        .orShould()
        .callMethod(java.net.InetAddress.class, "getCanonicalHostName")
        .orShould()
        .callMethod(java.net.InetSocketAddress.class, "getHostName")
        .check(SERVER);
  }

  @Test
  void no_clock_is_read_but_the_one_passed_in() {
    noClasses()
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(SERVER);
  }
}
