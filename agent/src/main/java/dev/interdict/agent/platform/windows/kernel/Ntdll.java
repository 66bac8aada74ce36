package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/// The native API's calls that open below a folder's handle and act on a handle, bound by JNA
/// direct mapping. All answer an NTSTATUS. Structures are laid out by hand for 64 bits.
///
/// Spec: winternl.h, ntifs.h of the Windows Driver Kit.
final class Ntdll {
  static {
    Native.register(Ntdll.class, "ntdll");
  }

  private Ntdll() {}

  static native int NtCreateFile(
      Pointer handle,
      int access,
      Pointer objectAttributes,
      Pointer ioStatus,
      Pointer allocation,
      int attributes,
      int share,
      int disposition,
      int options,
      Pointer ea,
      int eaLength);

  static native int NtSetInformationFile(
      Pointer handle, Pointer ioStatus, Pointer information, int length, int kind);

  static native int NtQueryVolumeInformationFile(
      Pointer handle, Pointer ioStatus, Pointer information, int length, int kind);

  static native int NtQueryInformationProcess(
      Pointer process, int kind, Pointer information, int length, Pointer returned);
}
