package dev.interdict.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.interdict.server.main.ServerConfig;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Location;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every test that opens a database runs on SQLite and on PostgreSQL.
class DatabaseDoorTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("dev.interdict.server");

  /// The door itself, and tests of what lies behind it on one engine.
  private static final Set<String> DOOR =
      Set.of("TestingDatabase", "PostgresServer", "DatabaseIT", "PostgresIT", "RefusedDatabaseIT");

  private static final DescribedPredicate<JavaClass> ELSEWHERE =
      DescribedPredicate.describe(
          "are not the door itself", type -> !DOOR.contains(type.getSimpleName()));

  @Test
  void the_importer_saw_the_tests() {
    assertTrue(TESTS.size() > 60, () -> "only " + TESTS.size() + " classes");
  }

  @Test
  void no_test_opens_a_database_by_a_way_that_only_one_engine_has() {
    noClasses()
        .that(ELSEWHERE)
        .should()
        .callConstructor(Location.File.class, Path.class)
        .orShould()
        .callMethod(ServerConfig.class, "local", Path.class, int.class, int.class)
        .orShould()
        .callMethod(DriverManager.class, "getConnection", String.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.sqlite..")
        .because("it would never run on PostgreSQL; use TestingDatabase")
        .check(TESTS);
  }

  @Test
  void whatever_opens_one_is_among_the_tests_that_run_on_both() {
    noClasses()
        .that()
        .areAnnotatedWith(tagged("any-database"))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Database.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(TestingDatabase.class)
        .because("its tag leaves it out on PostgreSQL")
        .allowEmptyShould(true)
        .check(TESTS);
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaAnnotation<?>> tagged(
      String tag) {
    return DescribedPredicate.describe(
        "@Tag(\"" + tag + "\")",
        annotation ->
            annotation.getRawType().isEquivalentTo(Tag.class)
                && annotation.get("value").filter(tag::equals).isPresent());
  }
}
