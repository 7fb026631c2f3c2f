import { handleApi } from '#api/http.ts';

export const dynamic = 'force-dynamic';

export { handleApi as DELETE, handleApi as GET, handleApi as PATCH, handleApi as POST, handleApi as PUT };
