package dev.interdict.bill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {
  private static final LinkedRuntime RUNTIME =
      new LinkedRuntime("Eclipse Adoptium", "25.0.3+9-LTS", "java.base java.logging");

  /// Of one library, a file with the word "parser" in it.
  private static final String BILL =
      """
      {"bomFormat": "CycloneDX",
       "metadata": {"component": {"name": "agent", "version": "1.0", "bom-ref": "own"}},
       "components": [{"name": "parser", "version": "2.0", "bom-ref": "parser", "hashes": [
         {"alg": "MD5", "content": "3643b86326b2ffcc0a085b4dd3a4309b"},
         {"alg": "SHA-256",
          "content": "66d5e47c0e2cf4c3f2e8d5d3b1f7b0d8a2c0e7e0b1f6f7f7f7f7f7f7f7f7f7f7"}]}],
       "dependencies": [{"ref": "own", "dependsOn": ["parser"]}, {"ref": "parser"}]}
      """;

  @TempDir private Path lib;
  private Json.Obj bill = Json.object().build();

  @BeforeEach
  void a_package_with_its_own_jar_and_a_library() throws Exception {
    Files.writeString(lib.resolve("agent-1.0.jar"), "agent");
    Files.writeString(lib.resolve("parser-2.0.jar"), "parser");
    var hash =
        Jars.in(lib).names().entrySet().stream()
            .filter(each -> each.getValue().equals("parser-2.0.jar"))
            .findFirst()
            .orElseThrow()
            .getKey();
    var text = BILL.replaceAll("66d5e4[0-9a-f]+", hash);
    bill = (Json.Obj) JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN);
  }

  private String why() {
    return String.valueOf(
        assertThrows(
                MismatchException.class, () -> BillOfMaterials.with(RUNTIME, Jars.in(lib), bill))
            .getMessage());
  }

  @Test
  void the_java_that_goes_with_it_is_named_with_version_and_licence() throws Exception {
    var text = JsonWriter.line(BillOfMaterials.with(RUNTIME, Jars.in(lib), bill));
    assertTrue(text.contains("\"version\":\"25.0.3+9-LTS\""), text);
    assertTrue(text.contains("GPL-2.0-only WITH Classpath-exception-2.0"), text);
    assertTrue(
        text.contains("\"dependsOn\":[\"parser\",\"pkg:generic/openjdk@25.0.3%2B9-LTS\"]"), text);
  }

  @Test
  void a_jar_of_which_the_bill_says_nothing_is_refused() throws Exception {
    Files.writeString(lib.resolve("stowaway-1.0.jar"), "stowaway");
    assertEquals("it says nothing of stowaway-1.0.jar", why());
  }

  @Test
  void a_library_that_is_not_there_is_refused() throws Exception {
    Files.delete(lib.resolve("parser-2.0.jar"));
    assertEquals("no jar has the content of parser-2.0.jar", why());
  }

  @Test
  void a_library_with_another_content_is_refused() throws Exception {
    Files.writeString(lib.resolve("parser-2.0.jar"), "parser, and more");
    assertEquals("no jar has the content of parser-2.0.jar", why());
  }
}
