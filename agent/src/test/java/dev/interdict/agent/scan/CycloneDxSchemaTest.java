package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The bill against the official schema of its version, read from the class path.
final class CycloneDxSchemaTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_7,
              builder ->
                  builder.schemaIdResolvers(resolvers ->
                      resolvers.mapPrefix("http://cyclonedx.org/schema/", "classpath:")))
          .getSchema(SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"));

  private static String bill(Inventory inventory) {
    var bill = CycloneDx.write(inventory, UUID.randomUUID(), Instant.parse("2026-07-10T00:00:00Z"));
    return new String(JsonWriter.pretty(bill), StandardCharsets.UTF_8);
  }

  private static List<Error> errors(String bill) {
    return SCHEMA.validate(bill, InputFormat.JSON);
  }

  @Test
  void bill_of_everything_is_valid() {
    assertEquals(List.of(), errors(bill(Samples.everything())));
  }

  @Test
  void bill_of_nothing_is_valid() {
    assertEquals(
        List.of(), errors(bill(new Inventory(List.of(), List.of(), List.of(), List.of()))));
  }

  @Test
  void schema_refuses_what_is_no_bill() {
    var bill = bill(Samples.everything());
    assertFalse(errors(bill.replace("\"bomFormat\": \"CycloneDX\"", "\"bomFormat\": 7")).isEmpty());
    assertFalse(errors(bill.replace("\"type\": \"application\"", "\"type\": \"app\"")).isEmpty());
  }
}
