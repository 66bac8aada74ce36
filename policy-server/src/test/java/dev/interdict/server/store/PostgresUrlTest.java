package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  @Test
  void a_server_elsewhere_must_prove_who_it_is() {
    var url = PostgresUrl.of("jdbc:postgresql://db.example.com/interdict");
    assertEquals("jdbc:postgresql://db.example.com/interdict?sslmode=verify-full", url.written());
    assertEquals(url, PostgresUrl.of(url.written()));
  }

  @Test
  void one_on_this_machine_need_not_and_whoever_says_otherwise_is_heard() {
    for (var text :
        new String[] {
          "jdbc:postgresql://localhost/interdict",
          "jdbc:postgresql://127.0.0.1:5433/interdict",
          "jdbc:postgresql://[::1]:5432/interdict",
          "jdbc:postgresql://db.example.com/interdict?sslmode=disable"
        }) {
      assertEquals(text, PostgresUrl.of(text).written());
    }
    assertEquals(
        "jdbc:postgresql://127.0.0.1,db.example.com/x?sslmode=verify-full",
        PostgresUrl.of("jdbc:postgresql://127.0.0.1,db.example.com/x").written());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://interdict:secret@db.example.com/interdict",
        "jdbc:postgresql://db.example.com/interdict?user=a&password=secret",
        "jdbc:postgresql://db.example.com/interdict?socketFactory=evil.secret",
        "jdbc:postgresql://db.example.com/interdict?sslmode",
        "jdbc:postgresql:secret",
        "jdbc:sqlite:secret.db",
        "secret"
      })
  void what_is_no_address_is_refused_and_not_repeated(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> PostgresUrl.of(text));
    assertFalse(String.valueOf(refusal.getMessage()).contains("secret"));
  }
}
