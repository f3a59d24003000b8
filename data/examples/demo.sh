# The demo of `make demo`: three checks and a batch of 40 receipts, as a caseworker would run them.
set -u
tc="$BIN/transport-calc"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

say() { printf '\n\n$ transport-calc %s\n\n' "$*"; }

run() {
    say "$@"
    "$tc" "$@"
    status=$?
    [ "$status" -eq 1 ] && exit 1
    printf '\n(exit %s)\n' "$status"
}

run check --date 2024-05-13 --municipality broenderslev --hospital-based --pension folkepension \
    --site private_clinic --mobility public_transport --distance 12 --fare 80 \
    --decision-date 2024-06-03

run check --date 2024-05-13 --municipality randers --no-hospital-based --no-can-arrange-own-transport --lang en

run check --date 2026-03-02 --hospital-based --no-pensioner --mobility excluded --means own_car --distance 32

run batch data/examples/receipts_2024.csv --output "$out/decisions.csv"

printf '\nDecisions, first rows:\n'
cut -c1-110 "$out/decisions.csv" | sed -n 1,5p
printf '\nRejected rows:\n'
cut -c1-150 "$out/decisions.rejects.csv"
