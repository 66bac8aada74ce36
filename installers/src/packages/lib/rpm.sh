# Sourced by build.sh: an rpm out of $tree, where there is rpmbuild.

# rpm NAME
rpm() {
  if ! command -v rpmbuild >/dev/null; then
    echo "build.sh: no rpmbuild here, so $1 is not made as rpm" >&2
    return
  fi
  find "$tree" \( -type f -o -type l \) -printf '/%P\n' | sort >"$work/$1.files"
  sed -i 's#^\(/etc/.*\)$#%config(noreplace) \1#' "$work/$1.files"
  # Folders of ours, and those of shells that a system without these shells does not have: rpm takes away
  # only what somebody's package names. All others belong to the system.
  (cd "$tree" && find . -type d \( -path './*interdict*' -o -path './usr/share/zsh*' -o -path './usr/share/fish*' \
    -o -path './usr/share/bash-completion*' \) -printf '%%dir /%P\n') | sort >>"$work/$1.files"
  rpmbuild -bb --quiet --target "$rpm_arch" \
    --define "_topdir $work/rpm" --define "_rpmdir $out" --define "_rpmfilename %{NAME}-%{VERSION}.%{ARCH}.rpm" \
    --define "tree $tree" --define "release_version $release" --define "state_version $(cat "$tree"/usr/lib/interdict*/state-version)" \
    --define "file_list $work/$1.files" \
    --define "_buildhost interdict" --define "use_source_date_epoch_as_buildtime 1" \
    --define "clamp_mtime_to_source_date_epoch 1" --define "_binary_payload w15.zstdio" \
    --define "__os_install_post %{nil}" --define "_build_id_links none" --define "debug_package %{nil}" \
    "$here/${1#interdict-}/rpm.spec"
}
