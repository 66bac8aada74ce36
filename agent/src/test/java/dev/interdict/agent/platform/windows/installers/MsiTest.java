package dev.interdict.agent.platform.windows.installers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.platform.Command;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// T35: products of Windows Installer go by product code, for the machine only.
class MsiTest {
  private static final String CODE = "{0F5A3B8C-1D2E-4F60-8A9B-C0D1E2F30415}";
  private static final Home ADA = new Home("ada", -1, BytePath.parse("/Users/ada"));

  private @TempDir Path folder;

  private static Item item(String id, @Nullable Home owner) {
    return new Item(
        "uninstall",
        new Identity.OfApplication("windows-uninstall", id),
        null,
        owner,
        BytePath.parse("/Windows/System32/config/SOFTWARE"),
        List.of());
  }

  /// Stands for msiexec: writes down its arguments and ends with that code.
  private Path program(int code) throws IOException {
    var file = folder.resolve("msiexec");
    Files.writeString(
        file, "#!/bin/sh\nprintf '%%s\\n' \"$@\" > %s/called\nexit %d\n".formatted(folder, code));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_product_of_the_machine_is_uninstalled_by_its_code_and_never_repaired() throws IOException {
    var msi = new Msi(program(0), _ -> true);
    assertEquals(
        Optional.of(new Outcome.Done()), msi.remove(item(CODE.toLowerCase(Locale.ROOT), null)));
    assertEquals(
        List.of("/x", CODE, "/qn", "/norestart"), Files.readAllLines(folder.resolve("called")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void what_is_installed_for_a_user_or_unknown_to_windows_installer_is_never_run()
      throws IOException {
    var program = program(0);
    var ofUser = new Msi(program, _ -> true).remove(item(CODE, ADA)).orElseThrow();
    assertEquals(Refusal.FOREIGN_OWNER, assertInstanceOf(Outcome.Refused.class, ofUser).why());
    var unknown = new Msi(program, _ -> false).remove(item(CODE, null)).orElseThrow();
    assertEquals(Refusal.CHANGED, assertInstanceOf(Outcome.Refused.class, unknown).why());
    assertFalse(Files.exists(folder.resolve("called")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Claude",
        "{0F5A3B8C-1D2E-4F60-8A9B-C0D1E2F3041}",
        "{0F5A3B8C-1D2E-4F60-8A9B-C0D1E2F304155}",
        "{0F5A3B8C-1D2E-4F60-8A9B-C0D1E2F3041G}",
        "{0F5A3B8C 1D2E-4F60-8A9B-C0D1E2F30415}",
        "0F5A3B8C-1D2E-4F60-8A9B-C0D1E2F30415",
        "{0F5A3B8C-1D2E-4F60-8A9B-C0D1E2F30415} /i x",
        "{../../../../../../../../../../../..}",
        "{0F5A3B8C-1D2E-4F60-8A9B-C0D1E2F3041\n}",
        "{０F5A3B8C-1D2E-4F60-8A9B-C0D1E2F30415}",
      })
  void what_is_no_product_code_is_not_windows_installer_s(String name) {
    assertEquals(
        Optional.empty(), new Msi(Path.of("/msiexec"), _ -> true).remove(item(name, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "0,Done",
    "3010,Done",
    "1641,Done",
    "1605,AlreadyDone",
    "1618,FILE_IN_USE",
    "1602,ACCESS_DENIED",
    "1603,PACKAGE_MANAGER_ERROR",
    "-1,PACKAGE_MANAGER_ERROR"
  })
  void its_exit_codes_are_told_apart(int code, String meaning) {
    var outcome = Msi.outcome(new Command.Outcome.Exited(code, new byte[0], new byte[0]));
    var found =
        outcome instanceof Outcome.Failed(ErrorClass error, var _)
            ? error.name()
            : outcome.getClass().getSimpleName();
    assertEquals(meaning, found);
  }
}
