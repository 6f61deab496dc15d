#!/usr/bin/env bash
# Installs a release of briefpress on a runner of GitHub Actions: the binary for its system, after its checksum was compared.
# Where there is no binary for it, briefpress is compiled.
#
#   VERSION     1.2.0 or v1.2.0; empty: the version of this action if it is used by a tag or commit, the newest release if by a branch
#   REPOSITORY  owner/name
#   REF         the tag, branch or commit by which the action is used
#   RELEASES    where releases lie, if not on GitHub
set -euo pipefail

repository=${REPOSITORY:?}
releases=${RELEASES:-https://github.com/$repository/releases}
version=${VERSION#v}
if [ -z "$version" ] && [[ ${REF:-} =~ ^(v[0-9]+(\.[0-9]+)*|[0-9a-f]{40})$ ]]; then
  version=$(sed -n 's/^version = "\(.*\)"\r\{0,1\}$/\1/p' "$(dirname "$0")/../Cargo.toml" | head -n 1)
fi
if [ -n "$version" ] && ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$ ]]; then
  echo "::error title=briefpress cannot be installed::\`$version\` is not a version; write it as 1.2.0"
  exit 1
fi
from=$releases/latest/download
[ -z "$version" ] || from=$releases/download/v$version

case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  *) target= ;;
esac

folder=${RUNNER_TEMP:?}/briefpress
mkdir -p "$folder"
cd "$folder"

fetch() { curl --fail --silent --show-error --location --retry 3 --output "$1" "$from/$1"; }

checksum() { # of a file, whatever the system calls the program
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-64
}

compile() {
  echo "::notice title=briefpress is compiled::$1; this takes some minutes"
  local source=(--git "https://github.com/$repository" --locked)
  [ -z "$version" ] || source+=(--tag "v$version")
  cargo install "${source[@]}" --root "$folder/compiled" briefpress
  mv "$folder/compiled/bin/"briefpress* "$folder/"
}

install_release() {
  local archive=briefpress-$target.tar.gz expected
  [[ $target != *windows* ]] || archive=briefpress-$target.zip
  if ! fetch SHA256SUMS; then
    compile "there is no release at $from"
    return
  fi
  expected=$(awk -v name="$archive" '$2 == name { print $1 }' SHA256SUMS)
  if [ -z "$expected" ]; then
    compile "the release has no $archive"
    return
  fi
  fetch "$archive"
  if [ "$(checksum "$archive")" != "$expected" ]; then
    echo "::error title=briefpress cannot be installed::the SHA-256 of $archive is not the one in SHA256SUMS"
    exit 1
  fi
  # Who made the file, and from which commit. Not where there is no program to ask, or the release lies elsewhere.
  if [ -z "${RELEASES:-}" ] && [ -n "${GH_TOKEN:-}" ] && gh attestation --help >/dev/null 2>&1; then
    gh attestation verify "$archive" --repo "$repository"
  fi
  if [[ $archive == *.zip ]]; then 7z x -y "$archive" >/dev/null; else tar -xzf "$archive"; fi
}

if [ -n "$target" ]; then
  install_release
else
  compile "there is no binary for ${RUNNER_OS:-this system} ${RUNNER_ARCH:-}"
fi

installed=$("$folder/briefpress" --version | cut -d ' ' -f 2)
echo "$folder" >>"${GITHUB_PATH:?}"
echo "version=$installed" >>"${GITHUB_OUTPUT:?}"
echo "briefpress $installed"
