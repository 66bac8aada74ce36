package dev.interdict.agent.platform.windows.installers;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/// Windows Installer's own records. Spec: MsiGetProductInfoExW, with the context of the machine
/// alone, so that what a user recorded is not asked.
public final class MsiRecords implements Msi.Records {
  private static final int MACHINE = 4;
  private static final int LONGEST = 32;
  private static final String INSTALLED = "5";

  /// The one call, bound when it is first made.
  private static final class Library {
    static {
      Native.register(Library.class, "msi");
    }

    static native int MsiGetProductInfoExW(
        char[] product, Pointer user, int context, char[] property, char[] value, int[] length);
  }

  @Override
  public boolean machineWide(ProductCode product) {
    var value = new char[LONGEST];
    var length = new int[] {LONGEST};
    var answer =
        Library.MsiGetProductInfoExW(
            terminated(product.text()), Pointer.NULL, MACHINE, terminated("State"), value, length);
    return answer == 0 && new String(value, 0, length[0]).equals(INSTALLED);
  }

  private static char[] terminated(String text) {
    return (text + '\0').toCharArray();
  }
}
