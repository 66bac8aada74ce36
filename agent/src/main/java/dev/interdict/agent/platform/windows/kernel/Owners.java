package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.interdict.agent.platform.handles.DiskException;
import java.util.Set;

/// Who owns a file and who may reach it, as text. Spec: aclapi.h, sddl.h.
final class Owners {
  static final int WRITE_DAC = 0x40000;
  static final String SYSTEM = "S-1-5-18";
  static final String ADMINISTRATORS = "S-1-5-32-544";

  private static final int FILE = 1;
  private static final int OWNER = 1;
  private static final int DACL = 4;
  private static final int UNPROTECTED = 0x20000000;

  private Owners() {}

  /// The owner's security identifier.
  static String of(Pointer handle) throws DiskException {
    var owner = new PointerByReference();
    var descriptor = descriptor(handle, OWNER, owner);
    try {
      var text = new PointerByReference();
      if (Advapi32.ConvertSidToStringSidW(owner.getValue(), text) == 0) {
        throw NtStatus.ofWin32("owner", Native.getLastError());
      }
      return taken(text);
    } finally {
      Kernel32.LocalFree(descriptor);
    }
  }

  private static Pointer descriptor(Pointer handle, int what, PointerByReference owner)
      throws DiskException {
    var descriptor = new PointerByReference();
    var error =
        Advapi32.GetSecurityInfo(
            handle, FILE, what, owner, Pointer.NULL, Pointer.NULL, Pointer.NULL, descriptor);
    if (error != 0) {
      throw NtStatus.ofWin32("security", error);
    }
    return descriptor.getValue();
  }

  private static String taken(PointerByReference text) {
    var pointer = text.getValue();
    try {
      return pointer.getWideString(0);
    } finally {
      Kernel32.LocalFree(pointer);
    }
  }

  /// Whether only the system and administrators own it and may reach it.
  static boolean isPrivate(Pointer handle) throws DiskException {
    if (!Set.of(SYSTEM, ADMINISTRATORS).contains(of(handle))) {
      return false;
    }
    var descriptor = descriptor(handle, DACL, new PointerByReference());
    try {
      var text = new PointerByReference();
      if (Advapi32.ConvertSecurityDescriptorToStringSecurityDescriptorW(
              descriptor, 1, DACL, text, Pointer.NULL)
          == 0) {
        throw NtStatus.ofWin32("access list", Native.getLastError());
      }
      return Sddl.isPrivate(taken(text));
    } finally {
      Kernel32.LocalFree(descriptor);
    }
  }

  /// To be freed by LocalFree.
  static Pointer descriptor(String sddl) throws DiskException {
    var descriptor = new PointerByReference();
    if (Advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            Win32Open.chars(sddl), 1, descriptor, Pointer.NULL)
        == 0) {
      throw NtStatus.ofWin32("descriptor", Native.getLastError());
    }
    return descriptor.getValue();
  }

  /// Gives what we made to its owner, with the access list that its folder hands down.
  static void give(Pointer handle, String owner) throws DiskException {
    var sid = new PointerByReference();
    if (Advapi32.ConvertStringSidToSidW(Win32Open.chars(owner), sid) == 0) {
      throw NtStatus.ofWin32("owner", Native.getLastError());
    }
    try (var empty = new Memory(8)) {
      // An access list of no entries, open to what is inherited.
      empty.clear();
      empty.setByte(0, (byte) 2);
      empty.setShort(2, (short) 8);
      var error =
          Advapi32.SetSecurityInfo(
              handle,
              FILE,
              OWNER | DACL | UNPROTECTED,
              sid.getValue(),
              Pointer.NULL,
              empty,
              Pointer.NULL);
      if (error != 0) {
        throw NtStatus.ofWin32("owner", error);
      }
    } finally {
      Kernel32.LocalFree(sid.getValue());
    }
  }
}
