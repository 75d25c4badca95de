import { Check } from "lucide-react";
import { Table } from "@/components/ui/table";
import { everyPermission, permissions, rolePermissions, roles } from "@/lib/access/permissions";
import { grantable } from "@/lib/keys/rules";
import { asLabel } from "@/lib/words";

const columns = [
  ...roles.map((role) => ({ title: asLabel(role), held: rolePermissions[role] })),
  { title: "Integration key", held: new Set(grantable("integration")) },
  { title: "Management key", held: new Set(grantable("management")) },
];
const rows = [...everyPermission].filter((permission) => columns.some(({ held }) => held.has(permission)));

/** What each role may do, and the keys of programs: the table by which the server decides. */
export function RoleTable() {
  return (
    <section aria-labelledby="roles" className="pt-10">
      <h2 id="roles" className="px-4 pb-2 text-lg font-semibold sm:px-6">
        What each may do
      </h2>
      <Table caption="What each role and each kind of key may do" flush>
        <thead>
          <tr>
            <th scope="col">May</th>
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((permission) => (
            <tr key={permission}>
              <th scope="row" className="min-w-52 font-normal whitespace-normal">
                {asLabel(permissions[permission].may)}
              </th>
              {columns.map(({ title, held }) => (
                <td key={title}>
                  {held.has(permission) ? (
                    <>
                      <Check aria-hidden="true" className="size-4" />
                      <span className="sr-only">yes</span>
                    </>
                  ) : (
                    <span className="sr-only">no</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
