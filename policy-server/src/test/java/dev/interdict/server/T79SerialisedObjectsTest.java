package dev.interdict.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Test 79, at the source: nothing of the product makes objects out of what somebody sends, by any
/// library that could. What servers answer is in `T79SerialisedObjectsIT`.
@Tag("any-database")
class T79SerialisedObjectsTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("dev.interdict");

  /// What turns bytes into objects of a class that the bytes name.
  private static final DescribedPredicate<JavaClass> READERS =
      DescribedPredicate.describe(
          "make objects of a class that their input names",
          type ->
              switch (type.getName()) {
                case "java.io.ObjectInputStream",
                    "java.io.ObjectInput",
                    "java.beans.XMLDecoder",
                    "java.rmi.Remote",
                    "javax.naming.InitialContext" ->
                    true;
                default ->
                    type.getPackageName().startsWith("tools.jackson.databind")
                        || type.getPackageName().startsWith("com.fasterxml.jackson.databind")
                        || type.getPackageName().startsWith("com.thoughtworks.xstream")
                        || type.getPackageName().startsWith("org.yaml.snakeyaml");
              });

  @Test
  void the_importer_saw_the_product() {
    assertTrue(OURS.size() > 800, () -> "only " + OURS.size() + " classes");
  }

  @Test
  void nothing_reads_serialised_objects_or_binds_types_by_name() {
    noClasses().should().dependOnClassesThat(READERS).check(OURS);
  }
}
