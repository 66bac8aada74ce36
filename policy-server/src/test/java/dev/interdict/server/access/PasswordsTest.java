package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private static final String PASSWORD = "correct horse battery";

  private final Passwords passwords = new Passwords(new SecureRandom());
  private final Passwords easy = new Passwords(new SecureRandom(), new Passwords.Work(64, 1));

  @Test
  void nineteen_mebibytes_twice_are_what_a_guess_costs() {
    var stored = passwords.hash(PASSWORD);
    assertTrue(stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), stored);
    assertTrue(passwords.matches(PASSWORD, stored));
    assertFalse(passwords.matches("correct horse batterY", stored));
    assertFalse(stored.equals(passwords.hash(PASSWORD)));
  }

  /// From another program: `Argon2id` of Python's cryptography, which has it from OpenSSL.
  @Test
  void what_others_hash_is_known() {
    assertTrue(
        passwords.matches(
            "Tr0ub4dor & drei Äpfel",
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$+bgK9VRv52uPzhsccJXhT+9i/O/gp1ymVojLs5UW26M"));
  }

  @Test
  void what_took_less_work_is_still_known_and_no_weaker_than_its_password() {
    var stored = easy.hash(PASSWORD);
    assertTrue(stored.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), stored);
    assertTrue(passwords.matches(PASSWORD, stored));
    assertFalse(passwords.matches("correct horse batterY", stored));
  }

  /// Whoever writes into the database is not to have the server take all memory.
  @Test
  void what_would_take_more_work_than_any_hash_of_ours_is_not_tried() {
    var stored = easy.hash(PASSWORD);
    for (var work : new String[] {"m=19457,t=1", "m=64,t=3", "m=9999999,t=999", "m=0,t=1"}) {
      assertFalse(passwords.matches(PASSWORD, stored.replace("m=64,t=1", work)), work);
    }
    for (var broken : new String[] {"", "x", stored + "A", stored.substring(1)}) {
      assertFalse(passwords.matches(PASSWORD, broken), broken);
    }
  }

  @Test
  void a_password_is_neither_short_nor_endless() {
    assertThrows(IllegalArgumentException.class, () -> passwords.hash("x".repeat(11)));
    assertThrows(IllegalArgumentException.class, () -> passwords.hash("x".repeat(257)));
    assertFalse(passwords.matches("x".repeat(257), easy.hash("x".repeat(256))));
    assertEquals(Passwords.SHORTEST, 12);
  }
}
