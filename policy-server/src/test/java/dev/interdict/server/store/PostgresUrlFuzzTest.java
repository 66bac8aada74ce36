package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class PostgresUrlFuzzTest {
  @Test
  void an_address_is_read_back_as_it_is_written_and_names_no_class_to_load() throws Exception {
    Fuzz.of("postgres-url")
        .seeds(
            "jdbc:postgresql://localhost/interdict",
            "jdbc:postgresql://db.example.com:5432,[::1]:5433/interdict?sslmode=verify-full",
            "jdbc:postgresql://127.0.0.1/x?sslrootcert=/etc/ca.pem&targetServerType=primary")
        .words("socketFactory=", "&", "?", "user=", "password=", "%00", ",", "[", "sslmode=disable")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var url = PostgresUrl.of(new String(input, StandardCharsets.UTF_8));
          assertEquals(url, PostgresUrl.of(url.written()));
          for (var name : url.parameters().keySet()) {
            assertTrue(name.startsWith("ssl") || name.equals("targetServerType"), name);
          }
        });
  }
}
